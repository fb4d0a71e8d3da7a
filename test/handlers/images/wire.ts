import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Context } from 'aws-lambda';

// biome-ignore lint/suspicious/noExplicitAny: AWS's requests and answers as they are on the wire
type Json = any;

export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body: Buffer | string;
}

export interface Wire {
  /** By operation: `GetItem` of DynamoDB, `GET /bucket/key` of S3, `Invoke`. */
  answers: Record<string, (body: Json) => Answer | Json>;
  calls: { operation: string; body: Json }[];
  operations(): string[];
  close(): Promise<void>;
}

function operationOf({ headers, method, url = '' }: IncomingMessage): string {
  const target = headers['x-amz-target'];
  if (target) return String(target).split('.')[1] ?? '';
  if (url.includes('/functions/')) return 'Invoke';
  return `${method} ${url.split('?')[0]}`;
}

function bodyOf(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** AWS as a function of this service sees it: DynamoDB, SQS and Lambda in JSON, S3 by path. */
export async function startWire(environment: Record<string, string>): Promise<Wire> {
  const wire: Wire = {
    answers: {},
    calls: [],
    operations: () => wire.calls.map(({ operation }) => operation),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const operation = operationOf(request);
    const body = bodyOf(Buffer.concat(chunks).toString('utf8'));
    wire.calls.push({ operation, body });
    const answer = (await wire.answers[operation]?.(body)) ?? {};
    const whole: Answer =
      Buffer.isBuffer(answer.body) || answer.status ? answer : { body: JSON.stringify(answer) };
    response.writeHead(whole.status ?? 200, { connection: 'close', ...whole.headers });
    response.end(whole.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    LOG_LEVEL: 'silent',
    SERVICE_NAME: 'images',
    STAGE: 'test',
    ...environment,
  });
  return wire;
}

export const context = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 20_000 } as Context;

/** The SDK compares this with its own sum of what it sent. */
export const takenByQueue = ({ MessageBody }: { MessageBody: string }) => ({
  MessageId: 'm1',
  MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex'),
});
