import mustache from 'mustache';
import type { Mail } from '../domain/order-mail';
import { ownerWords } from '../domain/owner-words';
import type { Endpoint } from '../domain/webhook';
import { introHtml } from './templates/intro.html';
import { layoutHtml } from './templates/layout.html';
import { ownerSummaryHtml, ownerText } from './templates/owner';
import { themes } from './templates/themes';

export const ownerMail = {
  disabled({ id, url, description }: Pick<Endpoint, 'id' | 'url' | 'description'>, because: string): Mail {
    const view = { ...ownerWords(because), id, url, description, theme: themes['payment-lost'] };
    return {
      subject: view.subject,
      html: mustache.render(layoutHtml, view, { intro: introHtml, summary: ownerSummaryHtml }),
      text: mustache.render(ownerText, view, {}, { escape: String }),
    };
  },
};
