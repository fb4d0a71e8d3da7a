import type { Clock } from '../../../shared/kernel/time';
import type { Feedback } from '../domain/feedback';
import type { FillsSuppressions, FindsSentMails, Redelivery, Results } from '../ports/sending';

interface Ports {
  suppressions: FillsSuppressions;
  /** The provider's own list, where there is one. */
  providerList: { suppress(recipient: string, outcome: Feedback['outcome']): Promise<void> };
  messages: FindsSentMails;
  results: Results;
  redelivery: Pick<Redelivery, 'last'>;
  clock: Clock;
}

/** Its mail is not in our log, or not yet. */
export class MailUnknown extends Error {
  override name = 'MailUnknown';
}

/**
 * First no further mail goes there, then the timeline of the order is told. Both may be repeated.
 * @throws MailUnknown while the mail it names is not found. After the last try it is none of ours.
 */
export async function recordFeedback(
  ports: Ports,
  feedback: Feedback,
  correlationId: string,
): Promise<'RECORDED' | 'NOT_OF_AN_ORDER'> {
  const now = ports.clock();
  if (feedback.permanent) {
    for (const recipient of feedback.recipients) {
      await ports.suppressions.suppress(recipient, feedback.outcome, now);
      await ports.providerList.suppress(recipient, feedback.outcome);
    }
  }
  if (feedback.messageId === undefined) return 'NOT_OF_AN_ORDER';
  const mail = await ports.messages.find(feedback.messageId);
  if (!mail && !ports.redelivery.last) throw new MailUnknown('No mail of this id is in the log');
  if (!mail?.orderId) return 'NOT_OF_AN_ORDER';
  await ports.results.report({
    messageId: mail.id,
    orderId: mail.orderId,
    channel: 'email',
    kind: mail.kind,
    outcome: feedback.outcome,
    reason: feedback.reason,
    at: now,
    correlationId,
  });
  return 'RECORDED';
}
