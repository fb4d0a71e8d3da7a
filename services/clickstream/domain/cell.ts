import { iso, MINUTE } from '../../../shared/kernel/time';
import { type ClickLine, isFiltered } from './click';

/** `summary` holds what has few values: kinds, devices, sessions, what was filtered. The others have a key each. */
export const DIMENSIONS = ['summary', 'page', 'product', 'campaign', 'referrer'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** One minute of one value of one dimension, as one shard counts it. */
export interface Cell {
  dimension: Dimension;
  minute: string;
  key: string;
  counts: Record<string, number>;
}

export const minuteOf = (at: string | number): string =>
  iso(Math.floor(new Date(at).getTime() / MINUTE) * MINUTE);

export const nameOf = ({ dimension, minute, key }: Cell): string => `${dimension}\n${minute}\n${key}`;

const summary = (line: ClickLine): Record<string, number> => {
  if (isFiltered(line.kind)) return { [line.kind]: line.count ?? 1 };
  return {
    [line.kind]: 1,
    ...(line.kind === 'session_start' && line.sessionId ? { session: 1 } : {}),
    [`${line.device ?? 'unknown'}:${line.kind}`]: 1,
  };
};

/** What one line adds, by its own minute: at most five cells. */
export function cellsOf(line: ClickLine): Cell[] {
  const minute = minuteOf(line.at);
  const total: Cell = { dimension: 'summary', minute, key: '', counts: summary(line) };
  if (isFiltered(line.kind)) return [total];
  const keys: [Dimension, string | undefined][] = [
    ['page', line.page],
    ['product', line.productId],
    ['campaign', line.campaign],
    ['referrer', line.referrer],
  ];
  const named = keys.flatMap(([dimension, key]): Cell[] =>
    key ? [{ dimension, minute, key, counts: { [line.kind]: 1 } }] : [],
  );
  return [total, ...named];
}

/** Adds what a cell counts to what is there. */
export function addCell(cells: Map<string, Cell>, cell: Cell): void {
  const name = nameOf(cell);
  const counts = { ...cells.get(name)?.counts };
  for (const [what, many] of Object.entries(cell.counts)) counts[what] = (counts[what] ?? 0) + many;
  cells.set(name, { ...cell, counts });
}
