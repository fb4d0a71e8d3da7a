import type { IdempotentRequest, Reply } from '../../../shared/kernel/idempotency';
import { isRefusal, type Refusal, refuse } from '../../../shared/kernel/refusal';
import type { Delivery } from '../domain/webhook';
import type { Act, Attempts, Deliveries, Endpoints, Replies } from '../ports/webhooks';

interface Ports {
  endpoints: Pick<Endpoints, 'find'>;
  deliveries: Pick<Deliveries, 'find' | 'resend'>;
  attempts: Attempts;
  replies: Replies;
  answer: (delivery: Delivery) => Reply;
}

interface Wanted {
  endpointId: string;
  deliveryId: string;
}

/** A run of its own, with all its attempts. A request that is sent again queues the first attempt again, if it was lost. */
export async function resendDelivery(
  ports: Ports,
  { endpointId, deliveryId }: Wanted,
  request: IdempotentRequest,
  act: Act,
): Promise<Reply | Refusal> {
  const before = await ports.replies.find(request, act.at);
  const delivery = await ports.deliveries.find(endpointId, deliveryId);
  if (before) {
    if (!isRefusal(before) && delivery) await queueFirst(ports, delivery, act);
    return before;
  }
  if (!delivery) return refuse('NOT_FOUND', 'There is no such delivery, or it is older than 30 days.');
  const endpoint = await ports.endpoints.find(endpointId);
  if (endpoint?.status !== 'enabled')
    return refuse('ILLEGAL_TRANSITION', 'The endpoint is switched off. Switch it on first.');
  if (delivery.status === 'pending')
    return refuse('ILLEGAL_TRANSITION', 'The delivery is under way; its next attempt is due by itself.');
  const again: Delivery = {
    ...delivery,
    status: 'pending',
    run: delivery.run + 1,
    tries: 0,
    nextAttemptAt: undefined,
    correlationId: act.correlationId,
  };
  const reply = ports.answer(again);
  const saved = await ports.deliveries.resend(again, { request, reply }, act);
  if (!saved.done)
    return saved.answer ?? refuse('CONFLICT', 'Send the same request again.', { retryAfter: 1 });
  await queueFirst(ports, again, act);
  return reply;
}

async function queueFirst({ attempts }: Ports, delivery: Delivery, { at }: Act): Promise<void> {
  const { endpointId, id, run, tries, status, correlationId } = delivery;
  if (status !== 'pending' || tries > 0) return;
  await attempts.queue({ endpointId, deliveryId: id, run, attempt: 1, notBefore: at, correlationId }, at);
}
