import mustache from 'mustache';
import { shortWords } from '../domain/short-words';
import type { NoteTemplates } from '../ports/sending';
import { smsText } from './templates/sms.txt';

export const mustacheNotes: NoteTemplates = {
  // A guest's link travels by mail alone: whoever reads a screen over a shoulder must not open the order.
  sms: (news, { actionUrl }) =>
    mustache.render(
      smsText,
      {
        ...shortWords(news),
        orderId: news.orderId,
        url: news.kind === 'action-required' ? actionUrl : undefined,
      },
      {},
      { escape: String },
    ),
  push: shortWords,
};
