import { secret } from '../../../../shared/aws/cached-secrets';
import { dynamodb } from '../../../../shared/aws/dynamodb';
import { environment, text } from '../../../../shared/lambda/environment';
import { step } from '../../../../shared/lambda/step';
import { GuardedGateway } from '../../adapters/guarded-gateway';
import { ReturnRefundsTable } from '../../adapters/return-refunds-table';
import { StripeGateway } from '../../adapters/stripe-gateway';
import { refundReturnInput } from '../../api/steps';
import { refundReturn } from '../../use-cases/refund-return';

const env = environment({ PAYMENTS_TABLE: text, STRIPE_SECRET: text, PAYMENT_RETURN_URL: text });
const desk = {
  refunds: new ReturnRefundsTable(dynamodb, env.PAYMENTS_TABLE),
  gateway: new GuardedGateway(new StripeGateway(() => secret(env.STRIPE_SECRET), env.PAYMENT_RETURN_URL)),
  clock: Date.now,
};

export const handler = step(refundReturnInput, (input) => refundReturn(desk, input));
