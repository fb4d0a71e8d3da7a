import Joi from 'joi';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { lambda } from '../../../shared/aws/lambda';
import { sns } from '../../../shared/aws/sns';
import { MINUTE } from '../../../shared/kernel/time';
import { environment, text } from '../../../shared/lambda/environment';
import { invocation } from '../../../shared/lambda/invocation';
import { schedule } from '../../../shared/lambda/schedule';
import { DynamodbRuns } from '../adapters/dynamodb-runs';
import { LambdaOrderBook, LambdaPaymentBook, LambdaStockBook } from '../adapters/lambda-books';
import { LambdaFunctions } from '../adapters/lambda-functions';
import { SnsAlarms } from '../adapters/sns-alarms';
import { type ReconcileBooks, reconcileBooks } from '../use-cases/reconcile-books';

const env = environment({
  MAINTENANCE_TABLE: text,
  ALARM_TOPIC_ARN: text,
  AUDIT_ORDERS: text,
  RAISE_ATTEMPT: text,
  AUDIT_PAYMENTS: text,
  AUDIT_RESERVATIONS: text,
});

const functions = new LambdaFunctions(lambda);
const ports = {
  orders: new LambdaOrderBook(functions, { audit: env.AUDIT_ORDERS, raise: env.RAISE_ATTEMPT }),
  payments: new LambdaPaymentBook(functions, env.AUDIT_PAYMENTS),
  stock: new LambdaStockBook(functions, env.AUDIT_RESERVATIONS),
  alarms: new SnsAlarms(sns, env.ALARM_TOPIC_ARN),
  runs: new DynamodbRuns(dynamodb, env.MAINTENANCE_TABLE, Date.now),
  clock: Date.now,
};

const payload = Joi.object<ReconcileBooks, true>({
  days: Joi.number().integer().min(1).max(90),
  quietSeconds: Joi.number().integer().min(0).max(86_400),
  orderIds: Joi.array().items(Joi.string().min(1).max(64)).min(1).max(100).optional(),
});

/** Of the function's fifteen minutes; a page takes seconds. */
const WORKING_TIME = 13 * MINUTE;

export const handler = schedule(payload, async (input) => {
  const end = Date.now() + WORKING_TIME;
  const { found, ...result } = await reconcileBooks({ ...ports, hasTime: () => Date.now() < end }, input);
  const { metrics, log } = invocation();
  for (const { orderId, disagreements } of found) {
    log.error({ orderId, disagreements }, 'the books disagree');
  }
  metrics.add('booksDisagree', found.length);
  metrics.add('attemptsRaised', result.raised);
  metrics.add('reconciliationsUnfinished', Number(result.outcome === 'PAUSED'));
  log.info({ ...result, found: found.length }, 'books reconciled');
  return { ...result, found };
});
