import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type Message,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { Target } from '../domain/dead-letter-queues';
import type { DeadLetters, Held, QueueSize, Wanted } from '../ports/dead-letters';

/** SQS hands out ten at most: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
const BATCH = 10;
/** How long a letter is held, in seconds: longer than a request, short enough that a lost one is soon seen again. */
const HOLD = 30;
/** Looks at so many batches for those that are wanted. */
const MOST_BATCHES = 30;

const count = (text: string | undefined): number => Number(text ?? 0);

const letterOf = ({ MessageId, Body, ReceiptHandle, Attributes, MessageAttributes }: Message): Held => ({
  id: MessageId ?? '',
  body: Body ?? '',
  sentAt: count(Attributes?.SentTimestamp),
  reason: MessageAttributes?.reason?.StringValue ?? MessageAttributes?.ErrorMessage?.StringValue,
  correlationId: MessageAttributes?.correlationId?.StringValue,
  parkedBy: MessageAttributes?.parkedBy?.StringValue,
  handle: ReceiptHandle ?? '',
});

/** Dead letters in SQS; names come without the `prefix` of service and stage. */
export class SqsDeadLetters implements DeadLetters {
  private readonly urls = new Map<string, Promise<string>>();

  constructor(
    private readonly sqs: SQSClient,
    private readonly prefix: string,
  ) {}

  async size(queue: string, target: Target): Promise<QueueSize | undefined> {
    try {
      const [here, there] = await Promise.all([
        this.counts(queue),
        'queue' in target ? this.counts(target.queue) : undefined,
      ]);
      if ('stream' in target) return { messages: here.visible };
      return { messages: here.visible, waiting: there ? there.visible + there.hidden : 0 };
    } catch (error) {
      if (error instanceof QueueDoesNotExist) return undefined;
      throw error;
    }
  }

  async take(queue: string, { limit, before, ids, except }: Wanted): Promise<Held[]> {
    const seen: Held[] = [];
    const isWanted = ({ sentAt, id }: Held) =>
      sentAt < before && (ids?.includes(id) ?? true) && !except?.includes(id);
    const isSifted = ids ?? except;
    for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
      const missing = limit - seen.filter(isWanted).length;
      const found = missing > 0 ? await this.receive(queue, isSifted ? BATCH : Math.min(BATCH, missing)) : [];
      if (found.length === 0) break;
      seen.push(...found);
    }
    const wanted = seen.filter(isWanted).slice(0, limit);
    await this.letGo(
      queue,
      seen.filter((letter) => !wanted.includes(letter)),
    );
    return wanted;
  }

  async letGo(queue: string, letters: readonly Held[]): Promise<void> {
    const QueueUrl = await this.url(queue);
    for (let from = 0; from < letters.length; from += BATCH) {
      const Entries = letters
        .slice(from, from + BATCH)
        .map(({ handle }, index) => ({ Id: String(index), ReceiptHandle: handle, VisibilityTimeout: 0 }));
      await this.sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
    }
  }

  async end(queue: string, { handle }: Held): Promise<void> {
    await this.sqs.send(new DeleteMessageCommand({ QueueUrl: await this.url(queue), ReceiptHandle: handle }));
  }

  private async receive(queue: string, MaxNumberOfMessages: number): Promise<Held[]> {
    const { Messages = [] } = await this.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: await this.url(queue),
        MaxNumberOfMessages,
        VisibilityTimeout: HOLD,
        WaitTimeSeconds: 1,
        MessageSystemAttributeNames: ['SentTimestamp'],
        MessageAttributeNames: ['All'],
      }),
    );
    return Messages.map(letterOf);
  }

  private async counts(queue: string): Promise<{ visible: number; hidden: number }> {
    const { Attributes } = await this.sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: await this.url(queue),
        AttributeNames: [
          'ApproximateNumberOfMessages',
          'ApproximateNumberOfMessagesNotVisible',
          'ApproximateNumberOfMessagesDelayed',
        ],
      }),
    );
    return {
      visible: count(Attributes?.ApproximateNumberOfMessages),
      hidden:
        count(Attributes?.ApproximateNumberOfMessagesNotVisible) +
        count(Attributes?.ApproximateNumberOfMessagesDelayed),
    };
  }

  private url(queue: string): Promise<string> {
    const known = this.urls.get(queue) ?? this.ask(queue);
    this.urls.set(queue, known);
    return known;
  }

  private async ask(queue: string): Promise<string> {
    const QueueName = `${this.prefix}${queue}`;
    const { QueueUrl } = await this.sqs.send(new GetQueueUrlCommand({ QueueName }));
    if (!QueueUrl) throw new Error(`Queue ${QueueName} has no URL`);
    return QueueUrl;
  }
}
