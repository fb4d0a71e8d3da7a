import { mustacheTemplates } from '../../services/notifications/adapters/mustache-templates';
import { examples, recipient } from './examples';

/** The kept files of docs/mails by their names: a test holds them to what the templates write now. */
export function renderedFiles(): Record<string, string> {
  const files: Record<string, string> = {};
  for (const [name, news] of Object.entries(examples)) {
    const { subject, html, text } = mustacheTemplates.write(news, recipient);
    files[`${name}.html`] = html;
    files[`${name}.txt`] = `Subject: ${subject}\n\n${text}`;
  }
  return files;
}
