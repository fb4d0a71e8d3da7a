import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Reply {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Call {
  /** `DynamoDB_20120810.PutItem`, or the path of a REST service. */
  what: string;
  // biome-ignore lint/suspicious/noExplicitAny: each service has its own shape
  body: any;
}

/** The wire as the function sees it: every call is noted and answered by the first part of `what` that fits. */
export class TinyAws {
  calls: Call[] = [];
  url = '';
  connections = 0;
  replies: Record<string, (call: Call) => Reply> = {};
  private readonly server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString('utf8');
    const what = String(request.headers['x-amz-target'] ?? decodeURIComponent(request.url ?? ''));
    const call = { what, body: text ? JSON.parse(text) : undefined };
    this.calls.push(call);
    const key = Object.keys(this.replies).find((part) => what.includes(part));
    const { status = 200, body = {}, headers = {} } = key ? (this.replies[key]?.(call) ?? {}) : {};
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', ...headers });
    response.end(JSON.stringify(body));
  });

  async start(): Promise<string> {
    this.server.on('connection', () => {
      this.connections += 1;
    });
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this.url;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  called = (part: string): Call[] => this.calls.filter(({ what }) => what.includes(part));
}
