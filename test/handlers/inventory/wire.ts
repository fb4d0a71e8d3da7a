import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Context } from 'aws-lambda';

// biome-ignore lint/suspicious/noExplicitAny: AWS's requests and answers as they are on the wire
type Json = any;

export class Refused {
  constructor(readonly answer: { __type: string } & Record<string, unknown>) {}
}

export interface Wire {
  /** What AWS answers to each operation, set by the test; a promise that never settles is a call that hangs. */
  answers: Record<string, (body: Json) => Json>;
  calls: { operation: string; body: Json }[];
  operations(): string[];
  close(): Promise<void>;
}

/** AWS as a function sees it on the wire: every call is counted, each operation answered as the test says. */
export async function startWire(environment: Record<string, string>): Promise<Wire> {
  const calls: Wire['calls'] = [];
  const wire: Wire = {
    answers: {},
    calls,
    operations: () => calls.map(({ operation }) => operation),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    calls.push({ operation, body });
    const answer = (await wire.answers[operation]?.(body)) ?? {};
    const refused = answer instanceof Refused;
    response.writeHead(refused ? 400 : 200, {
      'content-type': 'application/x-amz-json-1.0',
      connection: 'close',
    });
    response.end(JSON.stringify(refused ? answer.answer : answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    LOG_LEVEL: 'silent',
    SERVICE_NAME: 'inventory',
    STAGE: 'test',
    ...environment,
  });
  return wire;
}

/** The SDK compares this with its own sum of what it sent. */
export const takenByQueue = ({ MessageBody }: { MessageBody: string }) => ({
  MessageId: 'm1',
  MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex'),
});

export const context = (milliseconds = 6000): Context =>
  ({ awsRequestId: 'request-1', getRemainingTimeInMillis: () => milliseconds }) as Context;

/** A GET as the HTTP API hands it on. */
export const get = (
  parameters: {
    query?: Record<string, string>;
    path?: Record<string, string>;
    headers?: Record<string, string>;
  } = {},
): Json => ({
  headers: { ...parameters.headers },
  queryStringParameters: parameters.query,
  pathParameters: parameters.path,
  requestContext: {},
  isBase64Encoded: false,
});
