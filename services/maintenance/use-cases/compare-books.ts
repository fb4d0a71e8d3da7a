import { type Clock, SECOND } from '../../../shared/kernel/time';
import { type BookedOrder, type Books, compare, mends, type ProviderCharge } from '../domain/books';
import type { Alarms, Found, OrderBook, PaymentBook, StockBook } from '../ports/books';
import { AskProvider } from './ask-provider';

export interface ComparePorts {
  orders: OrderBook;
  payments: PaymentBook;
  stock: StockBook;
  alarms: Alarms;
  clock: Clock;
}

export interface Compared {
  orders: number;
  charges: number;
  raised: number;
  found: Found[];
}

const AT_ONCE = 100;

const byOrder = <T extends { orderId: string }>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.orderId, row]));

/** Compares what it is given, tells what is wrong and asks for the attempts that mend it. */
export class Comparison {
  readonly result: Compared = { orders: 0, charges: 0, raised: 0, found: [] };
  private readonly charges = new Map<string, ProviderCharge[]>();
  private readonly seen = new Set<string>();
  private readonly provider: AskProvider;

  constructor(
    private readonly ports: ComparePorts,
    private readonly quietSeconds: number,
  ) {
    this.provider = new AskProvider(ports.payments);
  }

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
    const { orders, stock } = this.ports;
    const { payments: paid, charges, silent } = await this.provider.about(ids);
    const [held, again] = await Promise.all([stock.these(ids), orders.these(ids)]);
    const [byPayment, byStock] = [byOrder(paid), byOrder(held)];
    await this.note(silent.map((orderId): Found => ({ orderId, disagreements: ['PROVIDER_SILENT'] })));
    const books = again
      .filter(({ id, updatedAt }) => this.isQuiet(updatedAt) && !silent.includes(id))
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
    await this.note(wrong.map((books) => ({ orderId: books.order.id, disagreements: compare(books) })));
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
      await this.note(lost.map(([orderId]): Found => ({ orderId, disagreements: ['CHARGE_WITHOUT_ORDER'] })));
      if (!(await renew())) return false;
    }
    return true;
  }

  private async note(found: readonly Found[]): Promise<void> {
    if (found.length > 0) await this.ports.alarms.raise(found);
    this.result.found.push(...found);
  }

  private isQuiet(at: string): boolean {
    return this.ports.clock() - Date.parse(at) >= this.quietSeconds * SECOND;
  }
}
