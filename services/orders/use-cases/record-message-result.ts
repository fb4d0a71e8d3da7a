import type { EventOf } from '../../../events/envelope';
import type { messageSettled } from '../../../events/message-results';
import type { KeepsOrderMessages } from '../ports/order-messages';

/** Puts what became of a message on the timeline of its order. */
export const recordMessageResult = (
  { messages }: { messages: KeepsOrderMessages },
  { subject, time, correlationid, data }: EventOf<typeof messageSettled>,
): Promise<void> =>
  messages.keep({
    orderId: subject,
    messageId: data.messageId,
    channel: data.channel,
    kind: data.kind,
    outcome: data.outcome,
    reason: data.reason,
    at: time,
    correlationId: correlationid,
  });
