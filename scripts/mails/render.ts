import { mustacheNotes } from '../../services/notifications/adapters/mustache-notes';
import { mustacheTemplates } from '../../services/notifications/adapters/mustache-templates';
import { ownerMail } from '../../services/notifications/adapters/owner-mail';
import type { Mail, OrderNews } from '../../services/notifications/domain/order-mail';
import { disabledEndpoint, examples, recipientOf } from './examples';

/** One page for all messages of a small channel: each under the name of its kind. */
const page = (write: (news: OrderNews) => string): string =>
  Object.values(examples)
    .filter(({ kind }) => kind !== 'order-link') // goes by mail alone
    .map((news) => `${news.kind}\n${write(news)}\n`)
    .join('\n');

/** The kept files of docs/mails by their names: a test holds them to what the templates write now. */
export function renderedFiles(): Record<string, string> {
  const files: Record<string, string> = {};
  const keep = (name: string, { subject, html, text }: Mail): void => {
    files[`${name}.html`] = html;
    files[`${name}.txt`] = `Subject: ${subject}\n\n${text}`;
  };
  for (const [name, news] of Object.entries(examples))
    keep(name, mustacheTemplates.write(news, recipientOf(news.kind)));
  keep('webhook-disabled', ownerMail.disabled(disabledEndpoint, 'REPEATED_FAILURE'));
  files['sms.txt'] = page((news) => mustacheNotes.sms(news, recipientOf(news.kind)));
  files['push.txt'] = page((news) => {
    const { title, text } = mustacheNotes.push(news);
    return `${title}\n${text}`;
  });
  return files;
}
