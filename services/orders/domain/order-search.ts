import { lowestIdAt, timeOfId } from '../../../shared/kernel/ids';
import { DAY, iso, SECOND } from '../../../shared/kernel/time';

/** Ids from `from` on and below `before`: the order of the ids is the order of time. */
export interface IdRange {
  from: string;
  before: string;
}

export interface Period {
  from?: string;
  to?: string;
  idPrefix?: string;
  /** One of ours: it says when the request came that placed the order. */
  correlationId?: string;
}

/** What is searched when nobody says since when. */
const USUAL_PERIOD = 31 * DAY;

/** An id may be a moment ahead of the clock of who reads it. */
const AHEAD = DAY;

const LONGEST = 'ord_'.length + 26;

/** An order's id is made before its request reaches the longest time-out of an API; two ids may be a moment apart. */
const SAME_REQUEST = { before: SECOND, after: 30 * SECOND };

const isDate = (text: string): boolean => !text.includes('T');

interface Times {
  from: number;
  to: number;
}

/** A date means its whole day. Undefined for one that is in no calendar. */
function times({ from, to }: Period, now: number, since?: number): Times | undefined {
  const end = to === undefined ? now + AHEAD : Date.parse(to) + (isDate(to) ? DAY : 0);
  const start = from === undefined ? (since ?? end - USUAL_PERIOD) : Date.parse(from);
  return Number.isFinite(start) && Number.isFinite(end) ? { from: Math.max(start, 0), to: end } : undefined;
}

const later = (a: string, b: string): string => (a > b ? a : b);
const earlier = (a: string, b: string): string => (a < b ? a : b);

function aroundRequest(period: Period, at: number, now: number): Times | undefined {
  const start = at - SAME_REQUEST.before;
  const limits = times(period, now, start);
  return limits && { from: Math.max(limits.from, start), to: Math.min(limits.to, at + SAME_REQUEST.after) };
}

/** The ids that can be meant, of the last month or since the time given; undefined when a time is none. */
export function idRange(period: Period, now: number, since?: number): IdRange | undefined {
  const { idPrefix, correlationId } = period;
  const requestedAt = correlationId === undefined ? undefined : timeOfId(correlationId);
  const limits =
    requestedAt === undefined ? times(period, now, since) : aroundRequest(period, requestedAt, now);
  if (!limits) return undefined;
  const before = lowestIdAt('ord', limits.to);
  if (idPrefix === undefined) return { from: lowestIdAt('ord', limits.from), before };
  // A prefix says the time by itself: what was not asked for does not narrow it.
  const from = period.from === undefined ? idPrefix : lowestIdAt('ord', limits.from);
  return {
    from: later(from, idPrefix.padEnd(LONGEST, '0')),
    before: earlier(before, `${idPrefix.padEnd(LONGEST, 'Z')}~`),
  };
}

/** The day on which the newest order below this id can have been placed. */
export function dayBelow(id: string): { date: string; firstId: string } {
  const made = timeOfId(id.slice(0, LONGEST)) ?? 0;
  const last = id === lowestIdAt('ord', made) ? made - 1 : made;
  const start = Math.floor(last / DAY) * DAY;
  return { date: iso(start).slice(0, 10), firstId: lowestIdAt('ord', Math.max(start, 0)) };
}
