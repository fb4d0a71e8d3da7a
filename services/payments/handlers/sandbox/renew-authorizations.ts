import Joi from 'joi';
import { dynamodb } from '../../../../shared/aws/dynamodb';
import { environment, text } from '../../../../shared/lambda/environment';
import { invocation } from '../../../../shared/lambda/invocation';
import { schedule } from '../../../../shared/lambda/schedule';
import { AuthorizationsTable } from '../../adapters/authorizations-table';
import { BookingsTable } from '../../adapters/bookings-table';
import { GuardedGateway } from '../../adapters/guarded-gateway';
import { PaymentsTable } from '../../adapters/payments-table';
import { SandboxGateway } from '../../adapters/sandbox-gateway';
import { renewAuthorizations } from '../../use-cases/renew-authorizations';

const env = environment({ PAYMENTS_TABLE: text, PAYMENT_EVENTS_TABLE: text, SANDBOX_URL: text });

const tables = { payments: env.PAYMENTS_TABLE, events: env.PAYMENT_EVENTS_TABLE };
const desk = {
  payments: new PaymentsTable(dynamodb, env.PAYMENTS_TABLE),
  bookings: new BookingsTable(dynamodb, tables),
  authorizations: new AuthorizationsTable(dynamodb, tables),
  gateway: new GuardedGateway(new SandboxGateway(env.SANDBOX_URL)),
  clock: Date.now,
};

const payload = Joi.object<{ hoursLeft: number; atMost: number }, true>({
  hoursLeft: Joi.number().integer().min(1).max(720),
  atMost: Joi.number().integer().min(1).max(1000),
});

export const handler = schedule(payload, async (input) => {
  const { metrics, log, correlationId } = invocation();
  const { faults, ...result } = await renewAuthorizations(desk, input, correlationId);
  metrics.add('AuthorizationsLost', result.lost);
  log.info(result, 'authorisations renewed');
  if (faults.length > 0)
    throw new AggregateError(faults, `${faults.length} authorisations could not be renewed`);
  return result;
});
