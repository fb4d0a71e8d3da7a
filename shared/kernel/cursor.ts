import { createHash } from 'node:crypto';

/** Where the next page starts. The partition is never in it: that comes from the caller's identity. */
interface Cursor {
  position: string;
  filter: string;
}

const filterHash = (filter: unknown): string =>
  createHash('sha256').update(JSON.stringify(filter)).digest('base64url').slice(0, 12);

export const encodeCursor = (position: string, filter: unknown): string =>
  Buffer.from(JSON.stringify({ position, filter: filterHash(filter) } satisfies Cursor)).toString(
    'base64url',
  );

/** The position, or undefined when the cursor is not one of ours, of another filter, or has a forged position. */
export function decodeCursor(cursor: string, filter: unknown, position: RegExp): string | undefined {
  try {
    const decoded: Partial<Cursor> = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (decoded.filter !== filterHash(filter) || typeof decoded.position !== 'string') return undefined;
    return position.test(decoded.position) ? decoded.position : undefined;
  } catch {
    return undefined;
  }
}
