import { dynamodb } from '../../../../shared/aws/dynamodb';
import { environment, text } from '../../../../shared/lambda/environment';
import { step } from '../../../../shared/lambda/step';
import { GuardedGateway } from '../../adapters/guarded-gateway';
import { PaymentsTable } from '../../adapters/payments-table';
import { RefundsTable } from '../../adapters/refunds-table';
import { SandboxGateway } from '../../adapters/sandbox-gateway';
import { refundPaymentInput } from '../../api/steps';
import { refundPayment } from '../../use-cases/refund-payment';

const env = environment({ PAYMENTS_TABLE: text, SANDBOX_URL: text });
const desk = {
  payments: new PaymentsTable(dynamodb, env.PAYMENTS_TABLE),
  refunds: new RefundsTable(dynamodb, env.PAYMENTS_TABLE),
  gateway: new GuardedGateway(new SandboxGateway(env.SANDBOX_URL)),
  clock: Date.now,
};

export const handler = step(refundPaymentInput, (input) => refundPayment(desk, input));
