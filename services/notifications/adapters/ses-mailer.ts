import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { SECOND } from '../../../shared/kernel/time';
import { tagOf } from '../domain/message';
import type { Mail } from '../domain/order-mail';
import type { Mailer, Posted } from '../ports/sending';
import { type ProviderError, postingFault } from './posting-fault';

/** No second try of the same mail can mend these. */
const REFUSED = new Set(['MessageRejected', 'BadRequestException']);

const THROTTLED = new Set(['TooManyRequestsException', 'ThrottlingException', 'Throttling']);

/** A new account may send 1 mail a second, a usual one 14: a burst waits its turn here and not on the queue. */
const TRIES = 3;

/** Longer than the SDK's usual 3 s: giving up on a mail that is then accepted would send it twice. */
const PATIENCE = 20 * SECOND;

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });

export class SesMailer implements Mailer {
  constructor(
    private readonly client: SESv2Client,
    private readonly from: string,
    private readonly options: { wait?: typeof pause; configurationSet?: string } = {},
  ) {}

  async post(id: string, to: string, mail: Mail): Promise<Posted> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.send(id, to, mail);
      } catch (error) {
        const { name = 'Unknown' } = error as ProviderError;
        if (REFUSED.has(name)) return { accepted: false, reason: name };
        if (!THROTTLED.has(name) || attempt === TRIES) throw postingFault(error as ProviderError);
      }
      await (this.options.wait ?? pause)(SECOND * attempt * (0.5 + Math.random()));
    }
  }

  private async send(id: string, to: string, { subject, html, text }: Mail): Promise<Posted> {
    const { MessageId } = await this.client.send(
      new SendEmailCommand({
        FromEmailAddress: this.from,
        ConfigurationSetName: this.options.configurationSet,
        EmailTags: [{ Name: 'ref', Value: tagOf(id) }],
        Destination: { ToAddresses: [to] },
        Content: {
          Simple: {
            Subject: utf8(subject),
            Body: { Html: utf8(html), Text: utf8(text) },
            // Mail clients keep mails of one reference apart from others and together with their double.
            Headers: [{ Name: 'X-Entity-Ref-ID', Value: id }],
          },
        },
      }),
      { requestTimeout: PATIENCE },
    );
    return { accepted: true, providerId: MessageId ?? 'unknown' };
  }
}
