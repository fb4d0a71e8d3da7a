import { messageId } from '../domain/message';
import type { OrderNews } from '../domain/order-mail';
import { e164 } from '../domain/phone';
import { isWanted } from '../domain/preferences';
import type { ContactBook, NoteTemplates, Recipients, Texter } from '../ports/sending';
import { type DeliveryPorts, deliverMessage, type Outcome, type Prepared } from './deliver-message';

export interface SmsPorts extends DeliveryPorts {
  contacts: ContactBook;
  recipients: Recipients;
  templates: NoteTemplates;
  texter: Texter;
}

/** Whoever gave a phone with the order asked to hear of it there. */
async function prepare(
  { contacts, recipients, templates, texter }: SmsPorts,
  news: OrderNews,
  correlationId: string,
): Promise<Prepared> {
  const recipient = await contacts.recipientOf(news.orderId, correlationId);
  if (!recipient) return { suppressed: 'ERASED' };
  if (!recipient.phone) return { suppressed: 'NO_PHONE' };
  const settings = await recipients.settingsOf(news.customerId, correlationId);
  if (!isWanted(settings, 'sms', news.kind)) return { suppressed: 'NOT_WANTED' };
  const phone = e164(recipient.phone);
  if (!phone) return { suppressed: 'PHONE_NOT_E164' };
  return { post: () => texter.post(phone, templates.sms(news, recipient)) };
}

/** Tells a customer by SMS. */
export function sendOrderSms(ports: SmsPorts, news: OrderNews, correlationId: string): Promise<Outcome> {
  const { orderId, kind } = news;
  return deliverMessage(ports, {
    id: messageId(news.eventId, 'sms'),
    orderId,
    channel: 'sms',
    kind,
    correlationId,
    prepare: () => prepare(ports, news, correlationId),
  });
}
