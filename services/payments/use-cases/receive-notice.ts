import { makeEvent } from '../../../events/envelope';
import { paymentNotified } from '../../../events/payment-events';
import type { Clock } from '../../../shared/kernel/time';
import type { Outbox } from '../ports/outbox';
import type { Webhook } from '../ports/webhook';

/** Kept in one write before the provider is thanked; a duplicate finds itself kept. */
export async function receiveNotice(
  { outbox, clock }: { outbox: Outbox; clock: Clock },
  { id, chargeId, notice, correlationId }: Webhook & { correlationId: string },
): Promise<'KEPT' | 'KNOWN' | 'NOT_WANTED'> {
  if (!notice) return 'NOT_WANTED';
  const event = makeEvent(paymentNotified, {
    id: `notice#${id}`,
    subject: chargeId,
    at: clock(),
    correlationId,
    actor: 'system',
    data: notice,
  });
  return (await outbox.keep(event)) ? 'KEPT' : 'KNOWN';
}
