import { createHash } from 'node:crypto';
import { context, Refused, startWire, takenByQueue, type Wire } from '../inventory/wire';

export { context, Refused, takenByQueue, type Wire };

export const startClicksWire = (): Promise<Wire> =>
  startWire({
    SERVICE_NAME: 'clickstream',
    CLICK_STREAM: 'clicks',
    PUBLIC_CALLS_PER_SECOND: '1000',
    CLICK_COUNTS_TABLE: 'counts',
    CLICK_SHARDS_TABLE: 'shards',
    DEAD_LETTER_QUEUE: 'dlq',
    SPIKES_TOPIC_ARN: 'arn:aws:sns:eu-west-1:000000000000:spikes',
    SPIKE_LEAST: '100',
  });

export const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36';

export const click = (over: object = {}) => ({
  id: createHash('md5').update(JSON.stringify(over)).digest('hex'),
  kind: 'view',
  page: '/mug',
  at: new Date().toISOString(),
  ...over,
});

// biome-ignore lint/suspicious/noExplicitAny: an event of the HTTP API as far as it is read
export const post = (body: unknown, headers: Record<string, string> = {}): any => ({
  version: '2.0',
  routeKey: 'POST /clicks',
  headers: {
    'content-type': 'application/json',
    'user-agent': CHROME,
    'x-forwarded-for': '203.0.113.77',
    ...headers,
  },
  body: typeof body === 'string' ? body : JSON.stringify(body),
  isBase64Encoded: false,
  requestContext: { http: { sourceIp: '203.0.113.77' } },
});
