import type { Money } from '../../../shared/kernel/money';

export interface ReportedStep {
  step: string;
  outcome: string;
  at: string;
  attempt: number;
}

export interface ReportedOrder {
  id: string;
  status: string;
  total: Money;
  items: { productId: string; name: string; quantity: number; unitPrice: Money }[];
  createdAt: string;
  steps: ReportedStep[];
}

/** Minor units by currency. */
export type Amounts = Record<string, number>;

export interface ProductSold {
  productId: string;
  name: string;
  units: number;
  revenue: Amounts;
}

/** Milliseconds from the record before to the step's own. */
export interface StepTimes {
  step: string;
  count: number;
  median: number;
  p95: number;
  slowest: number;
}

export interface DayReport {
  day: string;
  orders: number;
  byStatus: Record<string, number>;
  /** Orders of each hour, UTC. */
  byHour: number[];
  /** Of orders that were sold, in full; what came back of it stands under refunds, on the day it did. */
  revenue: Amounts;
  refunds: { count: number; amounts: Amounts };
  clicks: { sessions: number; views: number; carts: number; orders: number };
  /** Orders a session; undefined on a day without sessions. */
  conversion?: number;
  topProducts: ProductSold[];
  slowestSteps: StepTimes[];
}

const SOLD = ['CONFIRMED', 'SHIPPED', 'DELIVERED'];
const TOP = 10;

function add(amounts: Amounts, { amount, currency }: Money): void {
  amounts[currency] = (amounts[currency] ?? 0) + amount;
}

/** How long each step of an order took: from the record before it, or from the order's acceptance. */
function durations({ createdAt, steps }: ReportedOrder): [step: string, milliseconds: number][] {
  const attempts = Map.groupBy(steps, ({ attempt }) => attempt);
  return [...attempts].flatMap(([attempt, some]) => {
    const inOrder = [...some].sort((a, b) => (a.at < b.at ? -1 : 1));
    return inOrder.flatMap(({ step, at }, index): [string, number][] => {
      // When a later attempt began nobody wrote down.
      const from = index > 0 ? inOrder[index - 1]?.at : attempt === 1 ? createdAt : undefined;
      return from === undefined ? [] : [[step, Math.max(Date.parse(at) - Date.parse(from), 0)]];
    });
  });
}

const at = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(Math.ceil(sorted.length * part), sorted.length) - 1] ?? 0;

function stepTimes(times: ReadonlyMap<string, number[]>): StepTimes[] {
  const steps = [...times].map(([step, all]) => {
    const sorted = [...all].sort((a, b) => a - b);
    return {
      step,
      count: all.length,
      median: at(sorted, 0.5),
      p95: at(sorted, 0.95),
      slowest: at(sorted, 1),
    };
  });
  return steps.sort((a, b) => b.p95 - a.p95).slice(0, TOP);
}

/** Adds a day up, an order at a time: a day's orders need not lie in memory together. */
export class DayTally {
  private readonly products = new Map<string, ProductSold>();
  private readonly times = new Map<string, number[]>();
  private readonly report: DayReport;

  constructor(day: string) {
    this.report = {
      day,
      orders: 0,
      byStatus: {},
      byHour: Array.from({ length: 24 }, () => 0),
      revenue: {},
      refunds: { count: 0, amounts: {} },
      clicks: { sessions: 0, views: 0, carts: 0, orders: 0 },
      topProducts: [],
      slowestSteps: [],
    };
  }

  order(order: ReportedOrder): void {
    const { byStatus, byHour } = this.report;
    this.report.orders += 1;
    byStatus[order.status] = (byStatus[order.status] ?? 0) + 1;
    const hour = new Date(order.createdAt).getUTCHours();
    byHour[hour] = (byHour[hour] ?? 0) + 1;
    for (const [step, time] of durations(order)) {
      this.times.set(step, [...(this.times.get(step) ?? []), time]);
    }
    if (!SOLD.includes(order.status)) return;
    add(this.report.revenue, order.total);
    for (const line of order.items) this.line(line);
  }

  private line({ productId, name, quantity, unitPrice }: ReportedOrder['items'][number]): void {
    const sold = this.products.get(productId) ?? { productId, name, units: 0, revenue: {} };
    sold.units += quantity;
    add(sold.revenue, { ...unitPrice, amount: unitPrice.amount * quantity });
    this.products.set(productId, sold);
  }

  refund(amount: Money): void {
    this.report.refunds.count += 1;
    add(this.report.refunds.amounts, amount);
  }

  end(counts: Record<string, number>): DayReport {
    const { session = 0, view = 0, cart = 0, order = 0 } = counts;
    const topProducts = [...this.products.values()].sort((a, b) => b.units - a.units).slice(0, TOP);
    return {
      ...this.report,
      clicks: { sessions: session, views: view, carts: cart, orders: order },
      conversion: session > 0 ? this.report.orders / session : undefined,
      topProducts,
      slowestSteps: stepTimes(this.times),
    };
  }
}
