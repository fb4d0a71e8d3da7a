import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { SECOND } from '../../../shared/kernel/time';
import type { Mailer, WrittenReport } from '../ports/reporting';

/** Longer than the SDK's usual 3 s: giving up on a mail that is then accepted would send it twice. */
const PATIENCE = 20 * SECOND;

const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });

/** To one address of the stage, and to nobody where it has none. */
export class SesReportMailer implements Mailer {
  constructor(
    private readonly client: SESv2Client,
    private readonly from: string,
    private readonly to: string,
  ) {}

  async send(day: string, { subject, html, text }: WrittenReport): Promise<void> {
    if (!this.to) return;
    await this.client.send(
      new SendEmailCommand({
        FromEmailAddress: this.from,
        Destination: { ToAddresses: [this.to] },
        Content: {
          Simple: {
            Subject: utf8(subject),
            Body: { Html: utf8(html), Text: utf8(text) },
            Headers: [{ Name: 'X-Entity-Ref-ID', Value: `daily-report-${day}` }],
          },
        },
      }),
      { requestTimeout: PATIENCE },
    );
  }
}
