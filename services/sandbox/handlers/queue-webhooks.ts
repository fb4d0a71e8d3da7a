import { parkIn } from '../../../shared/aws/dead-letters';
import { sqs } from '../../../shared/aws/sqs';
import { environment, text } from '../../../shared/lambda/environment';
import { invocation } from '../../../shared/lambda/invocation';
import { stream } from '../../../shared/lambda/stream';
import { parcelOf, readToldEntry, SqsWebhookQueue } from '../adapters/sqs-webhook-queue';

const env = environment({ WEBHOOK_QUEUE: text, DEAD_LETTER_QUEUE: text });

const queue = new SqsWebhookQueue(sqs, env.WEBHOOK_QUEUE);

export const handler = stream(
  { parse: readToldEntry, park: parkIn(env.DEAD_LETTER_QUEUE) },
  async (entries) => {
    const { correlationId } = invocation();
    await Promise.all(entries.map((entry) => queue.add(parcelOf(entry, correlationId, Date.now()))));
  },
);
