import { unmarshall } from '@aws-sdk/util-dynamodb';
import type {
  Context,
  DynamoDBRecord,
  DynamoDBStreamEvent,
  KinesisStreamEvent,
  KinesisStreamRecord,
} from 'aws-lambda';
import { PermanentFault } from '../kernel/permanent-fault';
import { SECOND } from '../kernel/time';
import { forMessage, invocation, runInvocation } from './invocation';
import { type Shard, type ShardOptions, shardOf } from './shard';
import { stack } from './stack';

export interface StreamOptions<Row> {
  /** The row's new image as what it means, or undefined for one that is not this reader's; @throws PermanentFault. */
  parse: (image: Record<string, unknown>) => Row | undefined;
  /** Keeps a record that cannot be read, with its reason: the stream itself forgets it after 24 hours. */
  park: (dead: { body: string; reason: string; correlationId: string; messageId: string }) => Promise<void>;
  /**
   * Of a reader whose batches have one record, milliseconds: one that fails and is older is parked, whatever its fault, for
   * those behind it. The mapping would give it up too, but tell only where in the stream it was.
   */
  giveUpAfter?: number;
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
  err: Error,
  reason = err.message,
): Promise<void> {
  const { log, correlationId } = invocation();
  log.error({ err, eventId: record.eventID }, 'stream record parked in the dead-letter queue');
  return park({
    body: JSON.stringify(record),
    reason,
    correlationId,
    messageId: record.eventID ?? 'unknown',
  });
}

function isOld({ dynamodb }: DynamoDBRecord, age: number): boolean {
  const made = dynamodb?.ApproximateCreationDateTime;
  return made !== undefined && Date.now() - made * SECOND > age;
}

/** An operator who sends it on hears of the fault, and keeps the letter. */
const withoutAge = (record: DynamoDBRecord): DynamoDBRecord => ({
  ...record,
  dynamodb: { ...record.dynamodb, ApproximateCreationDateTime: undefined },
});

/** What cannot be parked either stays in the stream. */
async function orGiveUp(
  records: DynamoDBRecord[],
  options: StreamOptions<unknown>,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const [record, ...others] = records;
    const { giveUpAfter } = options;
    if (giveUpAfter === undefined || !record || others.length > 0 || !isOld(record, giveUpAfter)) throw error;
    const { name, message } = error as Error;
    const own = invocation().pastDeadline(correlationIdOf(record.dynamodb?.NewImage as Image));
    await runInvocation(own, () =>
      parkRecord(withoutAge(record), options, error as Error, `${name}: ${message}`),
    ).catch((unparked: unknown) => {
      invocation().log.error({ err: unparked }, 'a stream record could not be parked');
      throw error;
    });
  }
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
    if ('from' in options) await work(shardOf(Records as KinesisStreamRecord[], options) as never);
    else {
      const records = Records as DynamoDBRecord[];
      await orGiveUp(records, options, async () => {
        const rows = await rowsOf(records, options);
        if (rows.length > 0) await work(rows as never);
      });
    }
    return { batchItemFailures: [] };
  });
}
