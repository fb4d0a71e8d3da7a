import { type KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { GetQueueUrlCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DeadLetter, Outcome } from '../domain/dead-letter';
import { eventOf, type Target } from '../domain/dead-letter-queues';
import { parkedRecordOf } from '../domain/parked-record';
import type { Redelivery } from '../ports/dead-letters';

/** To a queue, a stream, or functions and their answer; names come without the `prefix` of service and stage. */
export class AwsRedelivery implements Redelivery {
  constructor(
    private readonly clients: { sqs: SQSClient; lambda: LambdaClient; kinesis: KinesisClient },
    private readonly prefix: string,
  ) {}

  async retry({ body, parkedBy }: DeadLetter, target: Target): Promise<Outcome> {
    if ('queue' in target) {
      await this.send(target.queue, body);
      return 'RETRIED';
    }
    if ('stream' in target) return this.append(target.stream, body);
    const event = eventOf(body);
    if (event === undefined) return 'NO_CONTENT';
    // Each reader of a stream parks for itself: sent to all, what none can read would come back once more each time.
    const parker = target.functions.filter((name) => `${this.prefix}${name}` === parkedBy);
    const readers = parker.length > 0 ? parker : target.functions;
    const invoked = await Promise.all(readers.map((name) => this.invoke(name, event)));
    return invoked.every(Boolean) ? 'RETRIED' : 'FAILED';
  }

  private async send(queue: string, MessageBody: string): Promise<void> {
    const { sqs } = this.clients;
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: `${this.prefix}${queue}` }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  }

  private async append(stream: string, body: string): Promise<Outcome> {
    const record = parkedRecordOf(body);
    if (!record) return 'NO_CONTENT';
    await this.clients.kinesis.send(
      new PutRecordCommand({
        StreamName: `${this.prefix}${stream}`,
        PartitionKey: record.partitionKey,
        Data: Buffer.from(record.data),
      }),
    );
    return 'RETRIED';
  }

  private async invoke(name: string, event: unknown): Promise<boolean> {
    const { FunctionError } = await this.clients.lambda.send(
      new InvokeCommand({
        FunctionName: `${this.prefix}${name}`,
        Payload: Buffer.from(JSON.stringify(event)),
      }),
    );
    return FunctionError === undefined;
  }
}
