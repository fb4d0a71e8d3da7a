import { secret } from '../../../../shared/aws/cached-secrets';
import { parkIn } from '../../../../shared/aws/dead-letters';
import { dynamodb } from '../../../../shared/aws/dynamodb';
import { environment, text } from '../../../../shared/lambda/environment';
import { annotate, invocation } from '../../../../shared/lambda/invocation';
import { queue } from '../../../../shared/lambda/queue';
import { BookingsTable } from '../../adapters/bookings-table';
import { GuardedGateway } from '../../adapters/guarded-gateway';
import { shipmentMessage } from '../../adapters/shipment-message';
import { StripeGateway } from '../../adapters/stripe-gateway';
import { captureShipment } from '../../use-cases/capture-shipment';

const env = environment({
  PAYMENTS_TABLE: text,
  PAYMENT_EVENTS_TABLE: text,
  STRIPE_SECRET: text,
  PAYMENT_RETURN_URL: text,
  DEAD_LETTER_QUEUE: text,
});

const desk = {
  bookings: new BookingsTable(dynamodb, { payments: env.PAYMENTS_TABLE, events: env.PAYMENT_EVENTS_TABLE }),
  gateway: new GuardedGateway(new StripeGateway(() => secret(env.STRIPE_SECRET), env.PAYMENT_RETURN_URL)),
  clock: Date.now,
};

const options = { parse: shipmentMessage, park: parkIn(env.DEAD_LETTER_QUEUE), maxReceives: 5 };

export const handler = queue(options, async ({ subject: orderId, correlationid, data }) => {
  annotate({ orderId });
  const { shipmentId, amount } = data;
  const outcome = await captureShipment(desk, {
    orderId,
    shipmentId,
    amount,
    correlationId: correlationid,
  });
  const { log, metrics } = invocation();
  if (outcome === 'REFUSED' || outcome === 'UNPAID') metrics.add('ParcelsUnpaid');
  log.info({ shipmentId, outcome }, 'shipment captured');
});
