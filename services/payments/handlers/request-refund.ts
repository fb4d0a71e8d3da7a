import { dynamodb } from '../../../shared/aws/dynamodb';
import { IdempotencyTable } from '../../../shared/aws/idempotency-table';
import { lambda } from '../../../shared/aws/lambda';
import { environment, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { annotate, invocation } from '../../../shared/lambda/invocation';
import { BookingsTable } from '../adapters/bookings-table';
import { LambdaOrderVersions } from '../adapters/lambda-order-versions';
import { type Refund, refundView, requestRefundRoute } from '../api/refunds';
import { requestRefund } from '../use-cases/request-refund';

const env = environment({
  PAYMENTS_TABLE: text,
  PAYMENT_EVENTS_TABLE: text,
  IDEMPOTENCY_TABLE: text,
  AUDIT_LOG_TABLE: text,
  SNAPSHOT_FUNCTION: text,
});

const replies = new IdempotencyTable(dynamodb, env.IDEMPOTENCY_TABLE);
const tables = {
  payments: env.PAYMENTS_TABLE,
  events: env.PAYMENT_EVENTS_TABLE,
  audit: env.AUDIT_LOG_TABLE,
};

const ports = {
  replies,
  bookings: new BookingsTable(dynamodb, tables, replies),
  orders: new LambdaOrderVersions(lambda, env.SNAPSHOT_FUNCTION),
  clock: Date.now,
  answer: (refund: Refund) => json(202, refundView(refund)),
};

export const handler = http(requestRefundRoute, ({ caller, path, body, idempotency, ifMatch }) => {
  annotate({ orderId: path.id });
  const { correlationId } = invocation();
  const { amount, reason } = body;
  return requestRefund(ports, {
    orderId: path.id,
    amount,
    reason,
    actor: caller.id,
    correlationId,
    request: idempotency,
    ifMatch,
  });
});
