import { iso } from '../../../shared/kernel/time';
import { messageId } from '../domain/message';
import {
  type Attempt,
  type Delivery,
  type DueAttempt,
  type Endpoint,
  hasArrived,
  isGone,
  pauseAfter,
} from '../domain/webhook';
import { NotPosted, type Posted } from '../ports/sending';
import type { Attempts, Deliveries, Endpoints, Owners, Poster } from '../ports/webhooks';
import { type DeliveryPorts, deliverMessage, type Outcome } from './deliver-message';
import { switchOffIfDue, switchOffIfLeft } from './switch-off-endpoint';

export interface WebhookPorts extends DeliveryPorts {
  endpoints: Endpoints;
  deliveries: Deliveries;
  attempts: Attempts;
  poster: Poster;
  owners: Owners;
  random: () => number;
}

export type WebhookOutcome = {
  outcome: 'DELIVERED' | 'FAILED' | 'LATER' | 'STALE' | 'DISABLED';
  result?: string;
};

/** One attempt of one delivery; the next one, if any, is a message of its own. */
export async function attemptWebhook(ports: WebhookPorts, due: DueAttempt): Promise<WebhookOutcome> {
  const now = ports.clock();
  if (due.notBefore > now) {
    await ports.attempts.queue(due, now);
    return { outcome: 'LATER' };
  }
  const [endpoint, delivery] = await Promise.all([
    ports.endpoints.find(due.endpointId),
    ports.deliveries.find(due.endpointId, due.deliveryId),
  ]);
  if (!endpoint || delivery?.run !== due.run) return { outcome: 'STALE' };
  if (delivery.status !== 'pending') {
    await switchOffIfLeft(ports, endpoint, delivery, due);
    return { outcome: 'STALE' };
  }
  // This attempt was made and recorded, but its process died before it queued the next.
  if (delivery.tries === due.attempt) {
    await queueNext(ports, due, Date.parse(delivery.nextAttemptAt ?? iso(now)));
    return { outcome: 'STALE' };
  }
  if (delivery.tries !== due.attempt - 1) return { outcome: 'STALE' };
  return send(ports, endpoint, delivery, due);
}

const queueNext = (ports: WebhookPorts, due: DueAttempt, notBefore: number): Promise<void> =>
  ports.attempts.queue({ ...due, attempt: due.attempt + 1, notBefore }, ports.clock());

async function send(
  ports: WebhookPorts,
  endpoint: Endpoint,
  delivery: Delivery,
  due: DueAttempt,
): Promise<WebhookOutcome> {
  const pause = pauseAfter(due.attempt, ports.random());
  let made: Attempt | undefined;
  const post = async (): Promise<Posted> => {
    made = await ports.poster.post(endpoint, delivery, ports.clock());
    if (hasArrived(made.result)) return { accepted: true, providerId: made.result };
    if (isGone(made.result) || pause === undefined) return { accepted: false, reason: made.result };
    throw new NotPosted(made.result);
  };
  const enabled = endpoint.status === 'enabled';
  const delivered = await deliverMessage(ports, {
    id: messageId(delivery.eventId, 'webhook', `${endpoint.id}#${delivery.run}`),
    orderId: delivery.orderId,
    channel: 'webhook',
    kind: delivery.eventType,
    correlationId: due.correlationId,
    prepare: async () => (enabled ? { post } : { suppressed: 'ENDPOINT_DISABLED' }),
  }).catch((error: unknown) => {
    if (!(error instanceof NotPosted) || !made) throw error;
    return undefined;
  });
  if (made) return settle(ports, endpoint, delivery, due, made, pause);
  if (!wasSent(delivered))
    return giveUp(ports, delivery, { at: iso(ports.clock()), result: 'ENDPOINT_DISABLED' });
  // The message was sent, and the process died before it recorded so.
  const arrived = { at: iso(ports.clock()), result: 'HTTP_200', milliseconds: 0 };
  return settle(ports, endpoint, delivery, due, arrived, pause);
}

const wasSent = (delivered: Outcome | undefined): boolean =>
  delivered?.outcome === 'ALREADY_SETTLED' && delivered.status === 'SENT';

async function giveUp(
  { deliveries }: WebhookPorts,
  delivery: Delivery,
  attempt: Omit<Attempt, 'milliseconds'>,
): Promise<WebhookOutcome> {
  await deliveries.record(delivery, { ...attempt, milliseconds: 0 }, { status: 'failed' });
  return { outcome: 'DISABLED' };
}

async function settle(
  ports: WebhookPorts,
  endpoint: Endpoint,
  delivery: Delivery,
  due: DueAttempt,
  made: Attempt,
  pause: number | undefined,
): Promise<WebhookOutcome> {
  const { result } = made;
  if (hasArrived(result)) {
    await ports.deliveries.record(delivery, made, { status: 'delivered' });
    if (endpoint.failures > 0) await ports.endpoints.forgetFailures(endpoint.id);
    return { outcome: 'DELIVERED', result };
  }
  if (!isGone(result) && pause !== undefined) {
    const notBefore = ports.clock() + pause;
    await ports.deliveries.record(delivery, made, { status: 'pending', nextAttemptAt: iso(notBefore) });
    await queueNext(ports, due, notBefore);
    return { outcome: 'LATER', result };
  }
  await ports.deliveries.record(delivery, made, { status: 'failed' });
  const failures = await ports.endpoints.countFailure(endpoint.id);
  await switchOffIfDue(ports, { ...endpoint, failures }, result, due.correlationId);
  return { outcome: 'FAILED', result };
}
