import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { invocation } from '../../../shared/lambda/invocation';
import { schedule } from '../../../shared/lambda/schedule';
import { DynamoDbReservations } from '../adapters/dynamodb-reservations';
import { sweepInput } from '../api';
import { sweepHolds } from '../use-cases/sweep-holds';

const env = environment({ STOCK_TABLE: text, RESERVATIONS_TABLE: text });
const ports = {
  reservations: new DynamoDbReservations(dynamodb, {
    reservations: env.RESERVATIONS_TABLE,
    stock: env.STOCK_TABLE,
  }),
  clock: Date.now,
};

/** About 20 ms each: far within the function's minute. */
const AT_MOST = 500;

export const handler = schedule(sweepInput, async ({ atMost = AT_MOST }) => {
  const { faults, ...swept } = await sweepHolds(ports, { atMost });
  const { log, metrics } = invocation();
  metrics.add('holdsExpired', swept.released);
  log.info(swept, 'holds swept');
  if (faults.length > 0) throw new AggregateError(faults, `${faults.length} expired holds not released`);
  return swept;
});
