import { PutSuppressedDestinationCommand, type SESv2Client } from '@aws-sdk/client-sesv2';
import type { Feedback } from '../domain/feedback';
import { HASHED } from './hashed-address';

/** SES's own list, where there is one: it keeps mails of other senders of the account away too. */
export class SesSuppressions {
  constructor(
    private readonly client: SESv2Client,
    private readonly there: boolean,
  ) {}

  async suppress(recipient: string, outcome: Feedback['outcome']): Promise<void> {
    if (!this.there || recipient.startsWith(HASHED)) return;
    await this.client.send(
      new PutSuppressedDestinationCommand({
        EmailAddress: recipient,
        Reason: outcome === 'BOUNCED' ? 'BOUNCE' : 'COMPLAINT',
      }),
    );
  }
}
