import { stack } from './stack';
import { waitFor } from './wait-for';

/** A mail as the local SES took it. */
export interface Mail {
  MessageId: string;
  Source: string;
  To: string[];
  Subject: string;
  BodyText: string;
  BodyHtml: string;
}

/** Every mail sent so far that mentions the text (an order id, say) in its subject or text. */
export async function outbox(mentioning: string): Promise<Mail[]> {
  const answer = await fetch(`${(await stack()).endpoint}/_ministack/ses/messages`);
  const { messages } = (await answer.json()) as { messages: Record<string, Mail[]> };
  return Object.values(messages)
    .flat()
    .filter(({ Subject, BodyText }) => `${Subject}\n${BodyText}`.includes(mentioning));
}

/** Waits for the first mail that mentions the text. */
export function mailAbout(mentioning: string): Promise<Mail> {
  return waitFor(async () => (await outbox(mentioning))[0], { what: `a mail about ${mentioning}` });
}
