import { GetQueueUrlCommand, type MessageAttributeValue, SendMessageCommand } from '@aws-sdk/client-sqs';
import { sqs } from './sqs';

export interface DeadLetter {
  body: string;
  reason: string;
  correlationId: string;
  messageId: string;
}

/** SQS attribute values may have 256 KB with the body together; a reason needs one line. */
const MAX_REASON = 500;

const printable = (text: string): string =>
  text.replace(/[^\x20-\x7e]/g, '?').slice(0, MAX_REASON) || 'unknown';

const urls = new Map<string, string>();

async function urlOf(name: string): Promise<string> {
  const url = urls.get(name) ?? (await sqs.send(new GetQueueUrlCommand({ QueueName: name }))).QueueUrl;
  if (!url) throw new Error(`Queue ${name} has no URL`);
  urls.set(name, url);
  return url;
}

const attribute = (value: string) => ({ DataType: 'String', StringValue: printable(value) });

/** Which of a stream's readers gave it up; Lambda names the function to itself. */
function parkedBy(): Record<string, MessageAttributeValue> {
  const name = process.env.AWS_LAMBDA_FUNCTION_NAME;
  return name ? { parkedBy: attribute(name) } : {};
}

/** Keeps a message that cannot be handled, with why, whence, by whom and its correlation id as attributes. */
export const parkIn =
  (queueName: string) =>
  async ({ body, reason, correlationId, messageId }: DeadLetter): Promise<void> => {
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: await urlOf(queueName),
        MessageBody: body,
        MessageAttributes: {
          reason: attribute(reason),
          correlationId: attribute(correlationId),
          messageId: attribute(messageId),
          ...parkedBy(),
        },
      }),
    );
  };
