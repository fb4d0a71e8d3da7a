import { randomUUID } from 'node:crypto';
import { KinesisClient, ListShardsCommand, PutRecordCommand } from '@aws-sdk/client-kinesis';
import type { Figures } from '../../../services/clickstream/domain/view';
import { iso, MINUTE } from '../../../shared/kernel/time';
import { api } from '../../support/api';
import { awsClient } from '../../support/aws-client';
import { tokenOf } from '../../support/sign-in';
import { stack } from '../../support/stack';

export const BROWSER =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36';

const DAYS = 24 * 60 * MINUTE;

/** A minute of the last year that no other test counts in. */
export const ownMinute = (): number =>
  Math.floor((Date.now() - (20 + Math.random() * 300) * DAYS) / MINUTE) * MINUTE;

export const click = (over: object = {}): Record<string, unknown> => ({
  id: randomUUID(),
  kind: 'view',
  page: '/e2e',
  ...over,
});

export const newSession = (): string => `ses_${randomUUID()}`;

export const postClicks = (
  sessionId: string,
  events: readonly unknown[],
  headers: Record<string, string> = {},
) =>
  api<{ accepted: number; rejected: number }>('POST /clicks', {
    body: { sessionId, events },
    headers: { 'user-agent': BROWSER, ...headers },
  });

/** All figures of a view between two minutes, page by page. */
export async function figures(view: string, from: number, to = from, limit = 100): Promise<Figures[]> {
  const token = await tokenOf('staff');
  const found: Figures[] = [];
  let cursor = '';
  do {
    const query = `by=${view}&from=${iso(from)}&to=${iso(to)}&limit=${limit}${cursor}`;
    const { status, body } = await api(`GET /analytics/clicks?${query}`, { token });
    if (status !== 200) throw new Error(`GET /analytics/clicks?${query}: ${status} ${JSON.stringify(body)}`);
    found.push(...body.items);
    cursor = body.nextCursor ? `&cursor=${body.nextCursor}` : '';
  } while (cursor);
  return found;
}

export const total = (found: readonly Figures[], what?: string): number =>
  found
    .flatMap(({ counts }) => Object.entries(counts))
    .filter(([name]) => what === undefined || name === what)
    .reduce((sum, [, many]) => sum + many, 0);

/** Past the API, as only a fault could do it. */
export async function putOnStream(partitionKey: string, text: string): Promise<void> {
  const kinesis = await awsClient(KinesisClient);
  await kinesis.send(
    new PutRecordCommand({
      StreamName: (await stack()).outputs.ClickStreamName,
      PartitionKey: partitionKey,
      Data: Buffer.from(text),
    }),
  );
}

export async function shards() {
  const kinesis = await awsClient(KinesisClient);
  const { Shards = [] } = await kinesis.send(
    new ListShardsCommand({ StreamName: (await stack()).outputs.ClickStreamName }),
  );
  return Shards;
}
