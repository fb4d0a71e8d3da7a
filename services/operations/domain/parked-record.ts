/** A record of a Kinesis stream as its reader parked it: shared/lambda/shard.ts. */
export interface ParkedRecord {
  partitionKey: string;
  data: string;
}

/** Undefined for a letter that is none, and for a record that was too long to be parked whole. */
export function parkedRecordOf(body: string): ParkedRecord | undefined {
  const { partitionKey, data, length } = objectOf(body);
  const isWhole = typeof partitionKey === 'string' && typeof data === 'string' && data.length === length;
  return isWhole ? { partitionKey, data } : undefined;
}

function objectOf(body: string): { partitionKey?: unknown; data?: unknown; length?: unknown } {
  try {
    return Object(JSON.parse(body));
  } catch {
    return {};
  }
}
