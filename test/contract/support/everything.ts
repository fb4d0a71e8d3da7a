import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { functions } from './functions';

export interface Everything {
  /** What was called so far: the operation of an AWS call, or a path. */
  calls: string[];
  close(): Promise<void>;
}

const operationOf = (target: unknown, path: string | undefined, body: string): string =>
  String(target ?? '').split('.')[1] ?? /Action=(\w+)/.exec(body)?.[1] ?? String(path);

/** Stands for AWS and the payment provider: says yes and nothing more to every call, and counts it. */
export async function startEverything(): Promise<Everything> {
  const calls: string[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString('utf8');
    calls.push(operationOf(incoming.headers['x-amz-target'], incoming.url, body));
    const isQuery = body.includes('Action=');
    outgoing.writeHead(200, {
      'content-type': isQuery ? 'text/xml' : 'application/json',
      connection: 'close',
    });
    outgoing.end(isQuery ? '<PublishBatchResponse><PublishBatchResult/></PublishBatchResponse>' : '{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const name of functions.flatMap(({ environment }) => environment))
    process.env[name] = stubFor(name, url);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    LOG_LEVEL: 'silent',
  });
  return {
    calls,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function stubFor(name: string, url: string): string {
  if (name.endsWith('_URL')) return url;
  if (name.endsWith('_ARN'))
    return `arn:aws:states:eu-west-1:000000000000:stateMachine:${name.toLowerCase()}`;
  if (name === 'CAPTURE_ON') return 'order';
  return /_(PER_MINUTE|DAYS|ABOVE|BELOW|SCORE|PER_SECOND|LEAST)$/.test(name) ? '40' : name.toLowerCase();
}
