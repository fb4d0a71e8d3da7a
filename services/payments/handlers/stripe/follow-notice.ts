import { secret } from '../../../../shared/aws/cached-secrets';
import { parkIn } from '../../../../shared/aws/dead-letters';
import { dynamodb } from '../../../../shared/aws/dynamodb';
import { environment, text } from '../../../../shared/lambda/environment';
import { annotate, invocation } from '../../../../shared/lambda/invocation';
import { queue } from '../../../../shared/lambda/queue';
import { BookingsTable } from '../../adapters/bookings-table';
import { GuardedGateway } from '../../adapters/guarded-gateway';
import { noticeMessage } from '../../adapters/notice-message';
import { OutboxTable } from '../../adapters/outbox-table';
import { StripeGateway } from '../../adapters/stripe-gateway';
import { followNotice } from '../../use-cases/follow-notice';

const env = environment({
  PAYMENTS_TABLE: text,
  PAYMENT_EVENTS_TABLE: text,
  STRIPE_SECRET: text,
  PAYMENT_RETURN_URL: text,
  DEAD_LETTER_QUEUE: text,
});

const desk = {
  bookings: new BookingsTable(dynamodb, { payments: env.PAYMENTS_TABLE, events: env.PAYMENT_EVENTS_TABLE }),
  outbox: new OutboxTable(dynamodb, env.PAYMENT_EVENTS_TABLE),
  gateway: new GuardedGateway(new StripeGateway(() => secret(env.STRIPE_SECRET), env.PAYMENT_RETURN_URL)),
  clock: Date.now,
};

const options = { parse: noticeMessage, park: parkIn(env.DEAD_LETTER_QUEUE), maxReceives: 5 };

export const handler = queue(options, async (event) => {
  annotate({ orderId: event.data.reference });
  const outcome = await followNotice(desk, event);
  const { log, metrics } = invocation();
  const { kind } = event.data;
  if (kind === 'REFUND_FAILED' && outcome === 'BOOKED') metrics.add('RefundsRefused');
  log.info({ kind, outcome }, 'notice followed');
});
