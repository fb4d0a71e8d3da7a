import { unmarshall } from '@aws-sdk/util-dynamodb';
import type {
  Context,
  DynamoDBRecord,
  DynamoDBStreamEvent,
  KinesisStreamEvent,
  KinesisStreamRecord,
} from 'aws-lambda';
import { PermanentFault } from '../kernel/permanent-fault';
import { forMessage, invocation } from './invocation';
import { type Shard, type ShardOptions, shardOf } from './shard';
import { stack } from './stack';

export interface StreamOptions<Row> {
  /** The row's new image as what it means, or undefined for one that is not this reader's; @throws PermanentFault. */
  parse: (image: Record<string, unknown>) => Row | undefined;
  /** Keeps a record that cannot be read, with its reason: the stream itself forgets it after 24 hours. */
  park: (dead: { body: string; reason: string; correlationId: string; messageId: string }) => Promise<void>;
}

type Image = Parameters<typeof unmarshall>[0];

/** A row that names the correlation id it was written under is found by it, also when it makes no sense otherwise. */
const correlationIdOf = (image: Image): string => {
  const { S } = (image as Record<string, { S?: string }>).correlationId ?? {};
  return S ?? invocation().correlationId;
};

function parkRecord(
  record: DynamoDBRecord,
  { park }: StreamOptions<unknown>,
  error: PermanentFault,
): Promise<void> {
  const { log, correlationId } = invocation();
  log.error({ err: error, eventId: record.eventID }, 'stream record parked in the dead-letter queue');
  const messageId = record.eventID ?? 'unknown';
  return park({ body: JSON.stringify(record), reason: error.message, correlationId, messageId });
}

async function read<Row>(record: DynamoDBRecord, options: StreamOptions<Row>): Promise<Row | undefined> {
  const image = record.dynamodb?.NewImage;
  if (!image) return undefined;
  try {
    return options.parse(unmarshall(image as Image));
  } catch (error) {
    if (!(error instanceof PermanentFault)) throw error;
    await forMessage(correlationIdOf(image as Image), () => parkRecord(record, options, error));
    return undefined;
  }
}

type Handled = { batchItemFailures: never[] };
type Handler<Event> = (event: Event, context: Context) => Promise<Handled>;

async function rowsOf<Row>(records: DynamoDBRecord[], options: StreamOptions<Row>): Promise<Row[]> {
  const rows: Row[] = [];
  for (const record of records) {
    const row = await read(record, options);
    if (row !== undefined) rows.push(row);
  }
  return rows;
}

/**
 * The stack of a stream reader. `work` gets what the batch means, in order, does all it can and throws when a part
 * failed for the moment: the batch comes again, so every effect of it is idempotent. A record that no try can mend is
 * parked, since a stream would otherwise stand still behind it: of DynamoDB here, of Kinesis by `work`, which keeps a
 * checkpoint and so knows when it came to the record for the first time.
 */
export function stream<Row>(
  options: StreamOptions<Row>,
  work: (rows: Row[]) => Promise<void>,
): Handler<DynamoDBStreamEvent>;
export function stream<Row>(
  options: ShardOptions<Row>,
  work: (shard: Shard<Row>) => Promise<void>,
): Handler<KinesisStreamEvent>;
export function stream<Row>(
  options: StreamOptions<Row> | ShardOptions<Row>,
  work: (batch: never) => Promise<void>,
): Handler<never> {
  return stack<DynamoDBStreamEvent | KinesisStreamEvent, Handled>([], async ({ Records }) => {
    const batch =
      'from' in options
        ? shardOf(Records as KinesisStreamRecord[], options)
        : await rowsOf(Records as DynamoDBRecord[], options);
    const empty = Array.isArray(batch) && batch.length === 0;
    if (!empty) await work(batch as never);
    return { batchItemFailures: [] };
  });
}
