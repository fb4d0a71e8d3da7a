import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Posted, Texter } from '../ports/sending';
import { type ProviderError, postingFault } from './posting-fault';

/** SNS says so of a number that is nobody's or that has opted out: its owner's matter, not an operator's. */
const REFUSED = new Set(['InvalidParameterException', 'InvalidParameter', 'OptedOutException', 'OptedOut']);

export class SnsTexter implements Texter {
  constructor(private readonly client: SNSClient) {}

  async post(phone: string, text: string): Promise<Posted> {
    try {
      const { MessageId } = await this.client.send(
        new PublishCommand({
          PhoneNumber: phone,
          Message: text,
          MessageAttributes: {
            'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' },
          },
        }),
      );
      return { accepted: true, providerId: MessageId ?? 'unknown' };
    } catch (error) {
      const { name = 'Unknown' } = error as ProviderError;
      if (REFUSED.has(name)) return { accepted: false, reason: 'PHONE_REFUSED', suppressed: true };
      throw postingFault(error as ProviderError);
    }
  }
}
