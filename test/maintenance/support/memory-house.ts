import type {
  BookedOrder,
  BookedPayment,
  BookedStock,
  ProviderCharge,
} from '../../../services/maintenance/domain/books';
import type { Found } from '../../../services/maintenance/ports/books';
import type { Run, Runs } from '../../../services/maintenance/ports/runs';
import type { Ports } from '../../../services/maintenance/use-cases/reconcile-books';
import { HOUR, iso, MINUTE } from '../../../shared/kernel/time';

export const NOW = Date.parse('2030-01-10T12:00:00.000Z');

const LEASE = 5 * MINUTE;

/** The row of DynamodbRuns, with its conditions. */
export class MemoryRuns implements Runs {
  readonly rows = new Map<string, { owner?: number; until: number; state?: string }>();
  private owners = 0;

  constructor(private readonly house: { now: number }) {}

  async take<State>(job: string): Promise<Run<State> | undefined> {
    const row = this.rows.get(job) ?? { until: 0 };
    if (row.owner !== undefined && row.until > this.house.now) return undefined;
    this.owners += 1;
    const me = this.owners;
    this.rows.set(job, { ...row, owner: me, until: this.house.now + LEASE });
    const mine = () => this.rows.get(job)?.owner === me;
    return {
      state: row.state === undefined ? undefined : JSON.parse(row.state),
      keep: async (state) => {
        if (!mine()) return false;
        this.rows.set(job, { owner: me, until: this.house.now + LEASE, state: JSON.stringify(state) });
        return true;
      },
      end: async () => {
        if (mine()) this.rows.set(job, { until: 0 });
      },
      pause: async () => {
        if (mine()) this.rows.set(job, { until: 0, state: this.rows.get(job)?.state });
      },
    };
  }
}

export class Killed extends Error {}

const PAGE = 2;
const ENDED = ['REJECTED', 'CANCELLED'];

/** Three books in memory, read in pages of two; a call can be the last one of its process. */
export class House {
  now = NOW;
  calls = 0;
  /** The call before which, or after which, the process is killed. */
  killAt?: { call: number; after: boolean };
  readonly runs = new MemoryRuns(this);
  readonly orders = new Map<string, BookedOrder>();
  readonly payments = new Map<string, BookedPayment>();
  readonly stock = new Map<string, BookedStock>();
  readonly charges: ProviderCharge[] = [];
  readonly told: Found[] = [];
  readonly raised: string[] = [];

  order(id: string, status: string, more: Partial<BookedOrder> = {}): void {
    const at = iso(NOW - 5 * HOUR);
    this.orders.set(id, {
      id,
      status,
      owed: false,
      waiting: false,
      version: 3,
      items: [{ productId: 'mug', quantity: 2 }],
      createdAt: at,
      updatedAt: at,
      ...more,
    });
  }

  paid(orderId: string, state = 'CAPTURED', more: Partial<BookedPayment> = {}): void {
    const captured = state === 'CAPTURED' ? 200 : 0;
    const none = { refunded: 0, disputed: 0, chargedBack: 0 };
    const row = { orderId, state, chargeId: `chg_${orderId}`, captured, refundable: captured, ...none };
    this.payments.set(orderId, { ...row, ...more });
  }

  charge(reference: string, status = 'succeeded', more: Partial<ProviderCharge> = {}): void {
    const money = { amount: 200, currency: 'EUR' };
    const createdAt = iso(NOW - 5 * HOUR);
    const base = { id: `chg_${reference}`, reference, status, money, refunded: 0, createdAt };
    this.charges.push({ ...base, ...more });
  }

  held(orderId: string, state = 'COMMITTED', quantity = 2): void {
    this.stock.set(orderId, { orderId, state, lines: [{ productId: 'mug', quantity }] });
  }

  sold(id: string): void {
    this.order(id, 'CONFIRMED');
    this.paid(id);
    this.charge(id);
    this.held(id);
  }

  /** Everything that others own, as text: what a run must not change. */
  snapshot(): string {
    return JSON.stringify([[...this.orders], [...this.payments], [...this.stock], this.charges]);
  }

  private async call<T>(work: () => T): Promise<T> {
    this.calls += 1;
    const last = this.killAt?.call === this.calls;
    if (last && !this.killAt?.after) throw new Killed();
    const result = work();
    if (last) throw new Killed();
    return result;
  }

  private pick<T>(rows: Map<string, T>, ids: readonly string[]): T[] {
    return ids.flatMap((id) => rows.get(id) ?? []);
  }

  ports(hasTime: () => boolean = () => true): Ports {
    return {
      orders: {
        ofDay: (day, cursor, changedSince) =>
          this.call(() => {
            const all = [...this.orders.values()]
              .filter(
                ({ createdAt, updatedAt }) => createdAt.startsWith(day) && updatedAt >= (changedSince ?? ''),
              )
              .sort((a, b) => (a.id < b.id ? -1 : 1));
            const from = Number(cursor ?? 0);
            const next = from + PAGE < all.length ? String(from + PAGE) : undefined;
            return { items: structuredClone(all.slice(from, from + PAGE)), cursor: next };
          }),
        endedOn: (day, cursor) =>
          this.call(() => {
            const all = [...this.orders.values()]
              .filter(({ status, updatedAt }) => ENDED.includes(status) && updatedAt.startsWith(day))
              .sort((a, b) => (a.id < b.id ? -1 : 1));
            const from = Number(cursor ?? 0);
            const next = from + PAGE < all.length ? String(from + PAGE) : undefined;
            return { items: structuredClone(all.slice(from, from + PAGE)), cursor: next };
          }),
        these: (ids) => this.call(() => structuredClone(this.pick(this.orders, ids))),
        raise: ({ id, version }) =>
          this.call(() => {
            const order = this.orders.get(id);
            if (!order || order.version !== version) return false;
            this.raised.push(id);
            this.orders.set(id, { ...order, owed: true, version: version + 1, updatedAt: iso(this.now) });
            return true;
          }),
      },
      payments: {
        these: (ids) => this.call(() => this.pick(this.payments, ids)),
        asked: (ids) =>
          this.call(() => ({
            payments: this.pick(this.payments, ids),
            charges: this.charges.filter(
              ({ id, reference }) => ids.includes(reference) && id === `chg_${reference}`,
            ),
          })),
        chargesSince: (since, cursor) =>
          this.call(() => {
            const all = this.charges.filter(({ createdAt }) => createdAt >= since);
            const from = Number(cursor ?? 0);
            const next = from + PAGE < all.length ? String(from + PAGE) : undefined;
            return { charges: all.slice(from, from + PAGE), cursor: next };
          }),
      },
      stock: { these: (ids) => this.call(() => this.pick(this.stock, ids)) },
      alarms: {
        raise: (found) =>
          this.call(() => {
            this.told.push(...found);
          }),
      },
      runs: this.runs,
      clock: () => this.now,
      hasTime,
    };
  }
}
