import { GetQueueUrlCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** A queue's URL by its name, asked for once an environment. */
export function queueUrl(client: SQSClient, name: string): () => Promise<string> {
  let url: string | undefined;
  return async () => {
    url ??= (await client.send(new GetQueueUrlCommand({ QueueName: name }))).QueueUrl;
    return url as string;
  };
}
