import type { KinesisStreamRecord } from 'aws-lambda';
import { PermanentFault } from '../kernel/permanent-fault';
import { SECOND } from '../kernel/time';
import { forMessage, invocation } from './invocation';

export interface ShardOptions<Row> {
  from: 'kinesis';
  /** Keeps a record that cannot be read, with its reason: the stream itself forgets it after 24 hours. */
  park: (dead: { body: string; reason: string; correlationId: string; messageId: string }) => Promise<void>;
  /** The record's text as what it means; @throws PermanentFault for one that is not what the stream carries. */
  read: (text: string) => Row;
}

export interface ShardRecord<Row> {
  sequence: string;
  /** Milliseconds since the epoch, by the stream's clock. */
  arrivedAt: number;
  /** What it means; undefined where it makes no sense, and `fault` says why. */
  row?: Row;
  fault?: string;
  /** Keeps the record with its reason, once the reader comes to it: a batch may come again before it does. */
  park(reason: string): Promise<void>;
}

/** A batch is of one shard. */
export interface Shard<Row> {
  shardId: string;
  records: ShardRecord<Row>[];
}

/** A message may have 256 KB, a record a megabyte; the whole of it lies in the archive of its stream. */
const MAX_PARKED = 128 * 1024;

const textOf = ({ kinesis }: KinesisStreamRecord): string =>
  Buffer.from(kinesis.data, 'base64').toString('utf8');

function parkedBody(record: KinesisStreamRecord): string {
  const { partitionKey, sequenceNumber, approximateArrivalTimestamp } = record.kinesis;
  const text = textOf(record);
  return JSON.stringify({
    eventID: record.eventID,
    partitionKey,
    sequenceNumber,
    approximateArrivalTimestamp,
    data: text.slice(0, MAX_PARKED / 2),
    length: text.length,
  });
}

function shardRecord<Row>(record: KinesisStreamRecord, { read, park }: ShardOptions<Row>): ShardRecord<Row> {
  const base = {
    sequence: record.kinesis.sequenceNumber,
    arrivedAt: record.kinesis.approximateArrivalTimestamp * SECOND,
    park: (reason: string): Promise<void> => {
      const { correlationId } = invocation();
      const messageId = record.eventID;
      invocation().log.error({ eventId: messageId, reason }, 'stream record parked in the dead-letter queue');
      return forMessage(correlationId, () =>
        park({ body: parkedBody(record), reason, correlationId, messageId }),
      );
    },
  };
  try {
    return { ...base, row: read(textOf(record)) };
  } catch (error) {
    if (!(error instanceof PermanentFault)) throw error;
    return { ...base, fault: error.message };
  }
}

/** `shardId-000000000003:4954…` names the shard: https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html */
export const shardOf = <Row>(records: KinesisStreamRecord[], options: ShardOptions<Row>): Shard<Row> => ({
  shardId: records[0]?.eventID.split(':')[0] ?? 'none',
  records: records.map((record) => shardRecord(record, options)),
});
