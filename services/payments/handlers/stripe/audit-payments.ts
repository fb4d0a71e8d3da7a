import { secret } from '../../../../shared/aws/cached-secrets';
import { dynamodb } from '../../../../shared/aws/dynamodb';
import { environment, text } from '../../../../shared/lambda/environment';
import { schedule } from '../../../../shared/lambda/schedule';
import { GuardedGateway } from '../../adapters/guarded-gateway';
import { PaymentAuditTable } from '../../adapters/payment-audit-table';
import { StripeGateway } from '../../adapters/stripe-gateway';
import { auditPaymentsInput } from '../../api/audit';
import { auditPayments } from '../../use-cases/audit-payments';

const env = environment({ PAYMENTS_TABLE: text, STRIPE_SECRET: text, PAYMENT_RETURN_URL: text });
const ports = {
  payments: new PaymentAuditTable(dynamodb, env.PAYMENTS_TABLE),
  gateway: new GuardedGateway(new StripeGateway(() => secret(env.STRIPE_SECRET), env.PAYMENT_RETURN_URL)),
};

export const handler = schedule(auditPaymentsInput, (input) => auditPayments(ports, input));
