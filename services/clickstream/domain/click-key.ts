import { createHash } from 'node:crypto';

/** Of 10 million clicks in 20 minutes on one shard, two share a key with a chance of 3 in a million. */
export const KEY_BYTES = 8;

const digest = (text: string): string =>
  createHash('sha256').update(text).digest().subarray(0, KEY_BYTES).toString('base64url');

/** A client makes its ids for itself, so they are told apart by session. */
export const clickKey = (sessionId: string, id: string): string => digest(`${sessionId}\n${id}`);

/** A call sent again filters the same events again: they are one. */
export const filteredKey = (sessionId: string, kind: string, events: readonly unknown[]): string =>
  digest(`${sessionId}\n\n${kind}\n${JSON.stringify(events)}`);

/** Keys side by side, as one item holds them. */
export const packKeys = (keys: readonly string[]): Uint8Array =>
  Buffer.concat(keys.map((key) => Buffer.from(key, 'base64url')));

export function unpackKeys(packed: Uint8Array): string[] {
  const bytes = Buffer.from(packed);
  return Array.from({ length: bytes.length / KEY_BYTES }, (_, index) =>
    bytes.subarray(index * KEY_BYTES, (index + 1) * KEY_BYTES).toString('base64url'),
  );
}
