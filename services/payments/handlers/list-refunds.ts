import { dynamodb } from '../../../shared/aws/dynamodb';
import { refuse } from '../../../shared/kernel/refusal';
import { environment, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { annotate } from '../../../shared/lambda/invocation';
import { BookingsTable } from '../adapters/bookings-table';
import { listRefundsRoute, refundView } from '../api/refunds';

const env = environment({ PAYMENTS_TABLE: text, PAYMENT_EVENTS_TABLE: text });

const bookings = new BookingsTable(dynamodb, {
  payments: env.PAYMENTS_TABLE,
  events: env.PAYMENT_EVENTS_TABLE,
});

export const handler = http(listRefundsRoute, async ({ path }) => {
  annotate({ orderId: path.id });
  if (!(await bookings.payment(path.id))) return refuse('NOT_FOUND', 'There is no such order.');
  return json(200, { items: (await bookings.refunds(path.id)).map(refundView) });
});
