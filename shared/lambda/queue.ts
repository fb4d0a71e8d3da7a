import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { PermanentFault } from '../kernel/permanent-fault';
import { forMessage, invocation } from './invocation';
import { stack, traced } from './stack';

export interface QueueOptions<Message> {
  /** @throws PermanentFault for a message that is not what the queue carries. */
  parse: (body: string) => { message: Message; correlationId: string };
  /** Keeps a message that cannot be handled, with its reason, where an operator finds it. */
  park: (dead: { body: string; reason: string; correlationId: string; messageId: string }) => Promise<void>;
  /** Receives after which the queue would move the message without a reason; must equal the queue's RedrivePolicy. */
  maxReceives: number;
}

export type MessageRecord = Pick<SQSRecord, 'messageId' | 'receiptHandle' | 'attributes' | 'body'>;

const reasonOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);

async function settle<Message>(
  record: SQSRecord,
  options: QueueOptions<Message>,
  work: (message: Message, record: MessageRecord) => Promise<void>,
): Promise<boolean> {
  let correlationId = invocation().correlationId;
  const log = (level: 'warn' | 'error', err: unknown, text: string): void =>
    forMessage(correlationId, () => invocation().log[level]({ err, messageId: record.messageId }, text));
  try {
    const parsed = options.parse(record.body);
    correlationId = parsed.correlationId;
    await forMessage(correlationId, () => traced('message', () => work(parsed.message, record)));
    return true;
  } catch (error) {
    const last = Number(record.attributes.ApproximateReceiveCount) >= options.maxReceives;
    if (!last && !(error instanceof PermanentFault)) {
      log('warn', error, 'message will be received again');
      return false;
    }
    log('error', error, 'message parked in the dead-letter queue');
    await options.park({
      body: record.body,
      reason: reasonOf(error),
      correlationId,
      messageId: record.messageId,
    });
    return true;
  }
}

/**
 * The stack of an SQS consumer: each message settles alone under its own correlation id; a failed one is received
 * again; one that no try can mend, or that was tried often enough, is parked with its reason.
 */
export function queue<Message>(
  options: QueueOptions<Message>,
  work: (message: Message, record: MessageRecord) => Promise<void>,
): (event: SQSEvent, context: Context) => Promise<SQSBatchResponse> {
  return stack<SQSEvent, SQSBatchResponse>([], async (event) => {
    const settled = await Promise.all(
      event.Records.map((record) =>
        settle(record, options, work).catch((error) => {
          invocation().log.error({ err: error, messageId: record.messageId }, 'message could not be parked');
          return false;
        }),
      ),
    );
    return {
      batchItemFailures: event.Records.filter((_, index) => !settled[index]).map(({ messageId }) => ({
        itemIdentifier: messageId,
      })),
    };
  });
}

/** Parses a message that is an event: what does not fit its contract is a permanent fault. */
export const eventMessage =
  <Event extends { correlationid: string }>(read: (event: unknown) => Event) =>
  (body: string): { message: Event; correlationId: string } => {
    try {
      const message = read(JSON.parse(body));
      return { message, correlationId: message.correlationid };
    } catch (error) {
      throw new PermanentFault(
        error instanceof SyntaxError ? 'The message is not JSON' : (error as Error).message,
      );
    }
  };
