import { DAY, HOUR, iso } from '../../../shared/kernel/time';
import type { OrderBook } from '../ports/books';
import type { Run, Runs } from '../ports/runs';
import { type Compared, type ComparePorts, Comparison } from './compare-books';

export interface ReconcileBooks {
  /** Orders of so many days back from today; the charges of the first three are listed, of the others asked one by one. */
  days: number;
  /** An order of which something was recorded since is left to its saga. */
  quietSeconds: number;
  /** These alone. */
  orderIds?: string[];
}

/** How far a run came. The window lies in it, so that who goes on compares what the first one would have. */
interface Progress {
  startedAt: number;
  days: number;
  /** Those behind the window's days are the ones that orders ended on. */
  day: number;
  cursor?: string;
}

export interface Reconciled extends Compared {
  /** BUSY: another run has it. TAKEN: another run took over. PAUSED: time was up; the next run goes on. */
  outcome: 'DONE' | 'BUSY' | 'TAKEN' | 'PAUSED';
}

export interface Ports extends ComparePorts {
  runs: Runs;
  /** False once there is no time for another page. */
  hasTime: () => boolean;
}

/** Days whose charges the provider lists: what was placed before is compared only when it has changed. */
const LISTED_DAYS = 3;
/** Of the older ones within the window, those that changed so lately. */
const CHANGED_WITHIN = 48 * HOUR;
/** And whatever ended within 48 hours, however old: two nights lie between, so three days. */
const ENDED_DAYS = 3;

const dayBack = (from: number, days: number): string => iso(from - days * DAY).slice(0, 10);

const startOf = ({ startedAt, days }: Progress): string =>
  `${dayBack(startedAt, Math.min(days, LISTED_DAYS) - 1)}T00:00:00.000Z`;

async function pageOf(orders: OrderBook, { startedAt, days, day, cursor }: Progress) {
  if (day < days) {
    const changedSince = day < LISTED_DAYS ? undefined : iso(startedAt - CHANGED_WITHIN);
    return orders.ofDay(dayBack(startedAt, day), cursor, changedSince);
  }
  const page = await orders.endedOn(dayBack(startedAt, day - days), cursor);
  // What lies in the window was compared with it.
  const first = dayBack(startedAt, days - 1);
  return { ...page, items: page.items.filter(({ createdAt }) => createdAt < first) };
}

async function go(
  work: Comparison,
  ports: Ports,
  run: Run<Progress>,
  progress: Progress,
): Promise<Reconciled['outcome']> {
  let { day, cursor } = progress;
  let lost = false;
  /** After each page; false where the run is to stop. */
  const renew = async (): Promise<boolean> => {
    lost = !(await run.keep({ ...progress, day, cursor }));
    return !lost && ports.hasTime();
  };
  const stopped = () => (lost ? 'TAKEN' : 'PAUSED');
  if (!(await work.listCharges(startOf(progress), renew))) return stopped();
  while (day < progress.days + ENDED_DAYS) {
    const page = await pageOf(ports.orders, { ...progress, day, cursor });
    await work.comparePage(page.items, day < Math.min(progress.days, LISTED_DAYS));
    cursor = page.cursor;
    if (cursor === undefined) day += 1;
    if (!(await renew())) return stopped();
  }
  return (await work.compareRest(renew)) ? 'DONE' : stopped();
}

/** A few orders, for an operator who wants to know now. */
async function someOrders(work: Comparison, ports: Ports, ids: string[]): Promise<Reconciled['outcome']> {
  const orders = await ports.orders.these(ids);
  const earliest = iso(ports.clock() - (LISTED_DAYS - 1) * DAY);
  const since = orders.map(({ createdAt }) => createdAt).sort()[0] ?? earliest;
  await work.listCharges([since, earliest].sort()[1] ?? since, async () => true);
  await work.comparePage(orders, false);
  return 'DONE';
}

/** What an earlier run left, then what was asked for, unless that was the same. */
async function all(
  work: Comparison,
  ports: Ports,
  run: Run<Progress>,
  days: number,
): Promise<Reconciled['outcome']> {
  const left = run.state;
  if (left) {
    const outcome = await go(work, ports, run, left);
    if (outcome !== 'DONE' || left.days >= days) return outcome;
  }
  return go(work, ports, run, { startedAt: ports.clock(), days, day: 0 });
}

/**
 * Orders against payments, the provider and stock. It writes nothing but its own row: a second run at once finds the
 * lease taken, and one that was killed is gone on with from its last page, where a page may be looked at twice.
 */
export async function reconcileBooks(
  ports: Ports,
  { days, quietSeconds, orderIds }: ReconcileBooks,
): Promise<Reconciled> {
  const work = new Comparison(ports, quietSeconds);
  const run = await ports.runs.take<Progress>('reconcile');
  if (!run) return { ...work.result, outcome: 'BUSY' };
  const outcome = orderIds ? await someOrders(work, ports, orderIds) : await all(work, ports, run, days);
  if (outcome === 'PAUSED' || orderIds) await run.pause();
  else if (outcome === 'DONE') await run.end();
  return { ...work.result, outcome };
}
