import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request on its way through the proxy, its body read. */
export interface Passing {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
  /** Counted from 1 over all requests. */
  number: number;
}

/**
 * What becomes of a request: passed on; its connection cut before or after it took effect;
 * or held until the promise settles and then passed on.
 */
export type Fate = 'pass' | 'drop-before' | 'drop-after' | Promise<unknown>;

export interface FaultProxy {
  url: string;
  /** All requests so far, the dropped ones too. */
  seen: Passing[];
  close(): Promise<void>;
}

/** A proxy on 127.0.0.1 that passes requests to the target as they came, Host header and signature included. */
export async function startProxy(
  target: string,
  decide: (passing: Passing) => Fate = () => 'pass',
): Promise<FaultProxy> {
  const seen: Passing[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const body = await readBody(incoming);
    const { method = 'GET', url: path = '/', headers } = incoming;
    const passing = { method, path, headers, body: body.toString('utf8'), number: seen.length + 1 };
    seen.push(passing);
    const fate = decide(passing);
    if (fate === 'drop-before') return void incoming.socket.destroy();
    if (fate instanceof Promise) await fate.catch(() => undefined);
    passOn(target, incoming, body, outgoing, fate === 'drop-after');
  });
  const port = await listen(server);
  return { url: `http://127.0.0.1:${port}`, seen, close: () => close(server) };
}

function passOn(
  target: string,
  incoming: IncomingMessage,
  body: Buffer,
  outgoing: ServerResponse,
  drop: boolean,
): void {
  const { method, url = '/', headers } = incoming;
  const onward = request(new URL(url, target), { method, headers }, (answer) => {
    // Whoever asked may have gone: nobody would read the answer, and its connection would stay open.
    if (drop || outgoing.destroyed) {
      answer.resume();
      answer.once('end', () => incoming.socket.destroy());
      return;
    }
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  onward.once('error', () => incoming.socket.destroy());
  onward.end(body);
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
