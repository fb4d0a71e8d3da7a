import { type Cell, type Dimension, minuteOf } from './cell';
import { DEVICES, escaped, FILTERED, KINDS } from './click';

/** What staff can ask for; the first three are the contract. */
export const VIEWS = [
  'page',
  'product',
  'kind',
  'campaign',
  'referrer',
  'device',
  'session',
  'funnel',
  'filtered',
] as const;
export type View = (typeof VIEWS)[number];

/** What was counted of a key in a minute, over all shards. */
export interface Figures {
  minute: string;
  key: string;
  counts: Record<string, number>;
}

export const dimensionOf = (view: View): Dimension =>
  view === 'page' || view === 'product' || view === 'campaign' || view === 'referrer' ? view : 'summary';

const pick = (counts: Cell['counts'], names: readonly string[], prefix = ''): Record<string, number> =>
  Object.fromEntries(
    names.flatMap((name) => (counts[prefix + name] ? [[name, counts[prefix + name] ?? 0]] : [])),
  );

/** The steps of the funnel, of all that came that minute; of one product they stand in its own counts. */
const FUNNEL = ['view', 'cart', 'order'];

function parts(view: View, counts: Cell['counts']): [key: string, counts: Record<string, number>][] {
  switch (view) {
    case 'kind':
      return KINDS.map((kind) => [kind, pick(counts, [kind])]);
    case 'device':
      return DEVICES.map((device) => [device, pick(counts, KINDS, `${device}:`)]);
    case 'session':
      return [['session', pick(counts, ['session'])]];
    case 'funnel':
      return [['funnel', pick(counts, FUNNEL)]];
    case 'filtered':
      return FILTERED.map((kind) => [kind, pick(counts, [kind])]);
    default:
      return [['', counts]];
  }
}

/** A minute's figures as a view shows them; what is nought is left out. */
export function show(view: View, { minute, key, counts }: Figures): Figures[] {
  if (dimensionOf(view) !== 'summary') return [{ minute, key, counts }];
  return parts(view, counts)
    .filter(([, some]) => Object.keys(some).length > 0)
    .map(([name, some]) => ({ minute, key: name, counts: some }));
}

const place = (key: string): Buffer => Buffer.from(`${escaped(key)}#`);

/** By bytes, as rows lie in the table: newest minute first, then keys from the last. */
export function newestFirst(a: Pick<Figures, 'minute' | 'key'>, b: Pick<Figures, 'minute' | 'key'>): number {
  if (a.minute !== b.minute) return a.minute < b.minute ? 1 : -1;
  return Buffer.compare(place(b.key), place(a.key));
}

export interface Range {
  from: string;
  to: string;
}

/** Whole minutes, both ends with them. */
export const minutesOf = (from: number, to: number): Range => ({ from: minuteOf(from), to: minuteOf(to) });
