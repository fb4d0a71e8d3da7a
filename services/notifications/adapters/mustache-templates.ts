import mustache from 'mustache';
import { mailView } from '../domain/mail-view';
import type { MailTemplates } from '../ports/sending';
import { introHtml } from './templates/intro.html';
import { layoutHtml } from './templates/layout.html';
import { layoutText } from './templates/layout.txt';
import { summaryHtml } from './templates/summary.html';
import { themes } from './templates/themes';

const partials = { intro: introHtml, summary: summaryHtml };

/** Mustache escapes what it puts into the HTML; the text part takes everything as it is. */
export const mustacheTemplates: MailTemplates = {
  write(news, recipient) {
    const view = mailView(news, recipient);
    return {
      subject: view.subject,
      html: mustache.render(layoutHtml, { ...view, theme: themes[news.kind] }, partials),
      text: mustache.render(layoutText, view, {}, { escape: String }),
    };
  },
};
