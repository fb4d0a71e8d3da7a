import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { GetQueueUrlCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DeadLetter, Outcome } from '../domain/dead-letter';
import { eventOf, type Target } from '../domain/dead-letter-queues';
import type { Redelivery } from '../ports/dead-letters';

/** To a queue, or to functions and their answer; names come without the `prefix` of service and stage. */
export class SqsLambdaRedelivery implements Redelivery {
  constructor(
    private readonly sqs: SQSClient,
    private readonly lambda: LambdaClient,
    private readonly prefix: string,
  ) {}

  async retry({ body, parkedBy }: DeadLetter, target: Target): Promise<Outcome> {
    if ('queue' in target) {
      await this.send(target.queue, body);
      return 'RETRIED';
    }
    const event = eventOf(body);
    if (event === undefined) return 'NO_CONTENT';
    // Each reader of a stream parks for itself: sent to all, what none can read would come back once more each time.
    const parker = target.functions.filter((name) => `${this.prefix}${name}` === parkedBy);
    const readers = parker.length > 0 ? parker : target.functions;
    const invoked = await Promise.all(readers.map((name) => this.invoke(name, event)));
    return invoked.every(Boolean) ? 'RETRIED' : 'FAILED';
  }

  private async send(queue: string, MessageBody: string): Promise<void> {
    const { QueueUrl } = await this.sqs.send(new GetQueueUrlCommand({ QueueName: `${this.prefix}${queue}` }));
    await this.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  }

  private async invoke(name: string, event: unknown): Promise<boolean> {
    const { FunctionError } = await this.lambda.send(
      new InvokeCommand({
        FunctionName: `${this.prefix}${name}`,
        Payload: Buffer.from(JSON.stringify(event)),
      }),
    );
    return FunctionError === undefined;
  }
}
