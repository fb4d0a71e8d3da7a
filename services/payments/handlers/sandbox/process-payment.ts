import { dynamodb } from '../../../../shared/aws/dynamodb';
import { environment, oneOf, text } from '../../../../shared/lambda/environment';
import { step } from '../../../../shared/lambda/step';
import { GuardedGateway } from '../../adapters/guarded-gateway';
import { PaymentsTable } from '../../adapters/payments-table';
import { SandboxGateway } from '../../adapters/sandbox-gateway';
import { processPaymentInput } from '../../api/steps';
import { processPayment } from '../../use-cases/process-payment';

const env = environment({ PAYMENTS_TABLE: text, CAPTURE_ON: oneOf('order', 'shipment'), SANDBOX_URL: text });
const desk = {
  payments: new PaymentsTable(dynamodb, env.PAYMENTS_TABLE),
  gateway: new GuardedGateway(new SandboxGateway(env.SANDBOX_URL)),
  clock: Date.now,
  captureOn: env.CAPTURE_ON,
};

export const handler = step(processPaymentInput, (input) => processPayment(desk, input));
