import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { makeEvent } from '../../../events/envelope';
import { endpointDisabled } from '../../../events/webhook-events';
import type { Endpoint } from '../domain/webhook';
import type { Owners } from '../ports/webhooks';
import { queueUrl } from './queue-urls';

/** By way of the mails' own queue, which asks for the address when it sends. */
export class SqsOwners implements Owners {
  private readonly url: () => Promise<string>;

  constructor(
    private readonly client: SQSClient,
    emailQueue: string,
  ) {
    this.url = queueUrl(client, emailQueue);
  }

  async tellDisabled(endpoint: Endpoint, because: string, correlationId: string, at: number): Promise<void> {
    const event = makeEvent(endpointDisabled, {
      id: `${endpoint.id}-${endpoint.version}-disabled`,
      subject: endpoint.id,
      at,
      correlationId,
      actor: 'system',
      data: { because },
    });
    await this.client.send(
      new SendMessageCommand({ QueueUrl: await this.url(), MessageBody: JSON.stringify(event) }),
    );
  }
}
