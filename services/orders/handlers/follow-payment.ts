import { readEvent } from '../../../events/envelope';
import { followedPaymentEvents } from '../../../events/payment-events';
import { parkIn } from '../../../shared/aws/dead-letters';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { annotate, invocation } from '../../../shared/lambda/invocation';
import { eventMessage, queue } from '../../../shared/lambda/queue';
import { DynamodbFollowedOrders } from '../adapters/dynamodb-followed-orders';
import { followPayment } from '../use-cases/follow-payment';

const env = environment({
  ORDERS_TABLE: text,
  ORDER_EVENTS_TABLE: text,
  IDEMPOTENCY_TABLE: text,
  DEAD_LETTER_QUEUE: text,
});

const orders = new DynamodbFollowedOrders(dynamodb, {
  orders: env.ORDERS_TABLE,
  events: env.ORDER_EVENTS_TABLE,
  idempotency: env.IDEMPOTENCY_TABLE,
});

const parse = eventMessage((event) => readEvent(followedPaymentEvents, event));

export const handler = queue(
  { parse, park: parkIn(env.DEAD_LETTER_QUEUE), maxReceives: 5 },
  async (event) => {
    annotate({ orderId: event.subject });
    const outcome = await followPayment({ orders, clock: Date.now }, event);
    invocation().log.info({ event: event.type, outcome }, 'payment followed');
  },
);
