import { type Clock, DAY, HOUR, iso, SECOND } from '../../../shared/kernel/time';
import { type BookedOrder, type Books, compare, mends, type ProviderCharge } from '../domain/books';
import type { Alarms, Found, OrderBook, PaymentBook, StockBook } from '../ports/books';
import type { Run, Runs } from '../ports/runs';

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

export interface Reconciled {
  /** BUSY: another run has it. TAKEN: another run took over. PAUSED: time was up; the next run goes on. */
  outcome: 'DONE' | 'BUSY' | 'TAKEN' | 'PAUSED';
  orders: number;
  charges: number;
  raised: number;
  found: Found[];
}

export interface Ports {
  orders: OrderBook;
  payments: PaymentBook;
  stock: StockBook;
  alarms: Alarms;
  runs: Runs;
  clock: Clock;
  /** False once there is no time for another page. */
  hasTime: () => boolean;
}

/** Days whose charges the provider lists: what was placed before is compared only when it has changed. */
const LISTED_DAYS = 3;
/** Of the older ones within the window, those that changed so lately. */
const CHANGED_WITHIN = 48 * HOUR;
/** And whatever ended within 48 hours, however old: two nights lie between, so three days. */
const ENDED_DAYS = 3;
const AT_ONCE = 100;

const byOrder = <T extends { orderId: string }>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.orderId, row]));

class Reconciliation {
  readonly result: Reconciled = { outcome: 'DONE', orders: 0, charges: 0, raised: 0, found: [] };
  private readonly charges = new Map<string, ProviderCharge[]>();
  private readonly seen = new Set<string>();

  constructor(
    private readonly ports: Ports,
    private readonly quietSeconds: number,
  ) {}

  /** All that the provider has booked in the window, by the order it names. False: there was no time for it. */
  async listCharges(since: string, renew: () => Promise<boolean>): Promise<boolean> {
    let cursor: string | undefined;
    do {
      const page = await this.ports.payments.chargesSince(since, cursor);
      for (const charge of page.charges) {
        this.charges.set(charge.reference, [...(this.charges.get(charge.reference) ?? []), charge]);
      }
      this.result.charges += page.charges.length;
      cursor = page.cursor;
      if (cursor && !(await renew())) return false;
    } while (cursor);
    return true;
  }

  /** A page against payments and stock; what seems wrong is read once more, all of it at one time, before it is said. */
  async comparePage(orders: readonly BookedOrder[], listed: boolean): Promise<void> {
    this.result.orders += orders.length;
    for (const { id } of orders) this.seen.add(id);
    const quiet = orders.filter(({ updatedAt }) => this.isQuiet(updatedAt));
    if (!listed) return this.look(quiet);
    const ids = quiet.map(({ id }) => id);
    if (ids.length === 0) return;
    const { payments, stock } = this.ports;
    const [paid, held] = await Promise.all([payments.these(ids), stock.these(ids)]);
    const [byPayment, byStock] = [byOrder(paid), byOrder(held)];
    const books = quiet.map((order) => ({
      order,
      payment: byPayment.get(order.id),
      stock: byStock.get(order.id),
      charges: this.charges.get(order.id) ?? [],
    }));
    await this.look(books.filter((one) => compare(one).length > 0).map(({ order }) => order));
  }

  /** The second look, by asking the provider for each order by itself. */
  private async look(suspects: readonly BookedOrder[]): Promise<void> {
    if (suspects.length === 0) return;
    const ids = suspects.map(({ id }) => id);
    const { orders, payments, stock } = this.ports;
    const { payments: paid, charges } = await payments.asked(ids);
    const [held, again] = await Promise.all([stock.these(ids), orders.these(ids)]);
    const [byPayment, byStock] = [byOrder(paid), byOrder(held)];
    const books = again
      .filter(({ updatedAt }) => this.isQuiet(updatedAt))
      .map((order) => ({
        order,
        payment: byPayment.get(order.id),
        stock: byStock.get(order.id),
        charges: this.allOf(order.id, charges),
      }));
    await this.tell(books.filter((one) => compare(one).length > 0));
  }

  /** The answer about the order's own key, and what was listed beside it under other keys. */
  private allOf(orderId: string, asked: readonly ProviderCharge[]): ProviderCharge[] {
    const own = asked.filter(({ reference }) => reference === orderId);
    const others = (this.charges.get(orderId) ?? []).filter(({ id }) => !own.some((one) => one.id === id));
    return [...own, ...others];
  }

  private async tell(wrong: readonly Books[]): Promise<void> {
    const found = wrong.map((books) => ({ orderId: books.order.id, disagreements: compare(books) }));
    if (found.length > 0) await this.ports.alarms.raise(found);
    this.result.found.push(...found);
    for (const books of wrong.filter(mends)) {
      this.result.raised += Number(await this.ports.orders.raise(books.order, this.quietSeconds));
    }
  }

  /** Charges of orders older than the window, and of none at all. */
  async compareRest(renew: () => Promise<boolean>): Promise<boolean> {
    const rest = [...this.charges].filter(([id]) => !this.seen.has(id));
    for (let at = 0; at < rest.length; at += AT_ONCE) {
      const some = rest.slice(at, at + AT_ONCE);
      const known = await this.ports.orders.these(some.map(([id]) => id));
      await this.comparePage(known, true);
      const lost = some.filter(
        ([id, charges]) =>
          !known.some((order) => order.id === id) &&
          charges.some(({ status, createdAt }) => status !== 'declined' && this.isQuiet(createdAt)),
      );
      const found = lost.map(([orderId]): Found => ({ orderId, disagreements: ['CHARGE_WITHOUT_ORDER'] }));
      if (found.length > 0) await this.ports.alarms.raise(found);
      this.result.found.push(...found);
      if (!(await renew())) return false;
    }
    return true;
  }

  private isQuiet(at: string): boolean {
    return this.ports.clock() - Date.parse(at) >= this.quietSeconds * SECOND;
  }
}

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
  work: Reconciliation,
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
async function someOrders(work: Reconciliation, ports: Ports, ids: string[]): Promise<Reconciled['outcome']> {
  const orders = await ports.orders.these(ids);
  const earliest = iso(ports.clock() - (LISTED_DAYS - 1) * DAY);
  const since = orders.map(({ createdAt }) => createdAt).sort()[0] ?? earliest;
  await work.listCharges([since, earliest].sort()[1] ?? since, async () => true);
  await work.comparePage(orders, false);
  return 'DONE';
}

/** What an earlier run left, then what was asked for, unless that was the same. */
async function all(
  work: Reconciliation,
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
  const work = new Reconciliation(ports, quietSeconds);
  const run = await ports.runs.take<Progress>('reconcile');
  if (!run) return { ...work.result, outcome: 'BUSY' };
  const outcome = orderIds ? await someOrders(work, ports, orderIds) : await all(work, ports, run, days);
  if (outcome === 'PAUSED' || orderIds) await run.pause();
  else if (outcome === 'DONE') await run.end();
  return { ...work.result, outcome };
}
