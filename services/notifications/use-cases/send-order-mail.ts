import { messageId } from '../domain/message';
import type { OrderNews } from '../domain/order-mail';
import { isWanted } from '../domain/preferences';
import type { ContactBook, Mailer, MailTemplates, Recipients, Suppressions } from '../ports/sending';
import { type DeliveryPorts, deliverMessage, type Outcome, type Prepared } from './deliver-message';

export interface MailPorts extends DeliveryPorts {
  contacts: ContactBook;
  recipients: Recipients;
  suppressions: Suppressions;
  templates: MailTemplates;
  mailer: Mailer;
}

async function prepare(
  { contacts, recipients, suppressions, templates, mailer }: MailPorts,
  news: OrderNews,
  id: string,
  correlationId: string,
): Promise<Prepared> {
  const [recipient, settings] = await Promise.all([
    contacts.recipientOf(news.orderId, correlationId),
    recipients.settingsOf(news.customerId, correlationId),
  ]);
  if (!recipient) return { suppressed: 'ERASED' };
  if (!isWanted(settings, 'email', news.kind)) return { suppressed: 'NOT_WANTED' };
  if (await suppressions.isSuppressed(recipient.email)) return { suppressed: 'ADDRESS_SUPPRESSED' };
  return { post: () => mailer.post(id, recipient.email, templates.write(news, recipient)) };
}

/** Tells a customer by mail. */
export function sendOrderMail(ports: MailPorts, news: OrderNews, correlationId: string): Promise<Outcome> {
  const { orderId, kind } = news;
  const id = messageId(news.eventId, 'email');
  return deliverMessage(ports, {
    id,
    orderId,
    channel: 'email',
    kind,
    correlationId,
    prepare: () => prepare(ports, news, id, correlationId),
  });
}
