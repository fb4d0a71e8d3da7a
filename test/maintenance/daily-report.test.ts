import { reportWriter } from '../../services/maintenance/adapters/report-writer';
import { DayTally, type ReportedOrder } from '../../services/maintenance/domain/day-report';
import type { DayBooks } from '../../services/maintenance/ports/reporting';
import { makeDailyReport } from '../../services/maintenance/use-cases/make-daily-report';
import { DAY, iso, MINUTE } from '../../shared/kernel/time';
import { MemoryRuns } from './support/memory-house';

const DAY_OF = '2030-01-10';
const START = Date.parse(DAY_OF);

const anOrder = (over: Partial<ReportedOrder> = {}): ReportedOrder => ({
  id: 'ord_1',
  status: 'CONFIRMED',
  total: { amount: 2900, currency: 'EUR' },
  items: [{ productId: 'mug', name: 'Mug', quantity: 2, unitPrice: { amount: 1450, currency: 'EUR' } }],
  createdAt: `${DAY_OF}T09:30:00.000Z`,
  steps: [],
  ...over,
});

const step = (name: string, second: number, attempt = 1) => ({
  step: name,
  outcome: 'DONE',
  at: iso(Date.parse(`${DAY_OF}T09:30:00.000Z`) + second * 1000),
  attempt,
});

describe('a day adds up', () => {
  test('orders by status and hour; revenue and products of those that were sold', () => {
    const tally = new DayTally(DAY_OF);
    tally.order(anOrder());
    tally.order(anOrder({ status: 'SHIPPED', createdAt: `${DAY_OF}T23:59:59.999Z` }));
    tally.order(anOrder({ status: 'REJECTED' }));
    const report = tally.end({});
    expect(report).toMatchObject({
      orders: 3,
      byStatus: { CONFIRMED: 1, SHIPPED: 1, REJECTED: 1 },
      revenue: { EUR: 5800 },
      topProducts: [{ productId: 'mug', units: 4, revenue: { EUR: 5800 } }],
    });
    expect([report.byHour[9], report.byHour[23]]).toEqual([2, 1]);
  });

  test('currencies are kept apart', () => {
    const tally = new DayTally(DAY_OF);
    tally.order(anOrder());
    tally.order(anOrder({ total: { amount: 500, currency: 'JPY' }, items: [] }));
    tally.refund({ amount: 100, currency: 'EUR' });
    expect(tally.end({})).toMatchObject({
      revenue: { EUR: 2900, JPY: 500 },
      refunds: { count: 1, amounts: { EUR: 100 } },
    });
  });

  test('a step takes the time since the record before it, and a later attempt begins unknown', () => {
    const tally = new DayTally(DAY_OF);
    tally.order(
      anOrder({
        steps: [
          step('ValidateOrder', 1),
          step('ProcessPayment', 4),
          step('ValidateOrder', 900, 2),
          step('ProcessPayment', 902, 2),
        ],
      }),
    );
    expect(tally.end({}).slowestSteps).toEqual([
      { step: 'ProcessPayment', count: 2, median: 2000, p95: 3000, slowest: 3000 },
      { step: 'ValidateOrder', count: 1, median: 1000, p95: 1000, slowest: 1000 },
    ]);
  });

  test('conversion is orders a session, and none without sessions', () => {
    const tally = new DayTally(DAY_OF);
    tally.order(anOrder());
    expect(tally.end({ session: 20, view: 50, cart: 4, order: 1 })).toMatchObject({
      conversion: 0.05,
      clicks: { sessions: 20, views: 50, carts: 4, orders: 1 },
    });
    expect(new DayTally(DAY_OF).end({}).conversion).toBeUndefined();
  });
});

describe('a report', () => {
  const books = (): DayBooks => ({
    orders: async (_day, cursor) =>
      cursor ? { items: [anOrder({ id: 'ord_2' })] } : { items: [anOrder()], cursor: 'more' },
    refunded: async (day) => ({ ids: day === '2029-12-20' ? ['ord_old'] : [] }),
    refundsOf: async () => [
      { amount: { amount: 700, currency: 'EUR' }, at: `${DAY_OF}T10:00:00.000Z` },
      { amount: { amount: 900, currency: 'EUR' }, at: '2030-01-09T10:00:00.000Z' },
    ],
    clicks: async () => ({ session: 10 }),
  });
  const kept: string[] = [];
  const mailed: string[] = [];
  const time = { now: START + DAY + 9 * 3_600_000 };
  let runs = new MemoryRuns(time);
  beforeEach(() => {
    mailed.length = 0;
    kept.length = 0;
    runs = new MemoryRuns(time);
  });
  const ports = () => ({
    runs,
    books: books(),
    writer: reportWriter,
    archive: {
      keep: async (day: string) => {
        kept.push(day);
        return [`daily/${day}.csv`];
      },
    },
    mailer: {
      send: async (day: string) => {
        mailed.push(day);
      },
    },
    clock: () => time.now,
  });

  test('is of yesterday, over all pages, with the refunds of that day of whichever order', async () => {
    const { report } = await makeDailyReport(ports(), { mail: true });
    expect(report).toMatchObject({
      day: DAY_OF,
      orders: 2,
      refunds: { count: 1, amounts: { EUR: 700 } },
      conversion: 0.2,
    });
    expect([kept, mailed]).toEqual([[DAY_OF], [DAY_OF]]);
  });

  test('is mailed once, however often it is made', async () => {
    await makeDailyReport(ports(), { mail: true });
    await makeDailyReport(ports(), { mail: true });
    await makeDailyReport(ports(), { day: '2030-01-09', mail: true });
    expect(mailed).toEqual([DAY_OF, '2030-01-09']);
    expect(kept).toHaveLength(3);
  });

  test('is mailed by one of two runs at once; the other comes again', async () => {
    const both = [1, 2].map(() => makeDailyReport(ports(), { mail: true }));
    const ends = await Promise.allSettled(both);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await makeDailyReport(ports(), { mail: true });
    expect(mailed).toEqual([DAY_OF]);
  });

  test('is mailed again only after a mail that failed, or a process that died over it', async () => {
    const failing = ports();
    failing.mailer.send = async () => {
      throw new Error('no mail today');
    };
    await expect(makeDailyReport(failing, { mail: true })).rejects.toThrow('no mail today');
    await makeDailyReport(ports(), { mail: true });
    expect(mailed).toEqual([DAY_OF]);
    await runs.take('daily-report-mail');
    const next = { day: '2030-01-09', mail: true };
    await expect(makeDailyReport(ports(), next)).rejects.toThrow('another run');
    time.now += 6 * MINUTE;
    await makeDailyReport(ports(), next);
    expect(mailed).toEqual([DAY_OF, '2030-01-09']);
  });

  test('is mailed to nobody when that is said', async () => {
    await makeDailyReport(ports(), { day: DAY_OF, mail: false });
    expect(mailed).toEqual([]);
  });
});

describe('what is written', () => {
  const tally = new DayTally(DAY_OF);
  tally.order(
    anOrder({ items: [{ ...(anOrder().items[0] as ReportedOrder['items'][0]), name: '<b>=Mug' }] }),
  );
  const { csv, html, subject } = reportWriter.write(tally.end({ session: 4 }));

  test('has one figure a row', () => {
    expect(subject).toBe('Orders of 2030-01-10: 1, €29.00');
    const lines = csv.trim().split('\n');
    expect(lines[0]).toBe('day,section,name,measure,value,unit');
    expect(lines).toContain('2030-01-10,day,revenue,amount,2900,EUR');
    expect(lines).toContain('2030-01-10,product,mug,units,2,');
  });

  test('draws its chart by cells alone, and names of products are no markup', () => {
    expect(html).not.toMatch(/<(script|svg|img|canvas)/);
    expect(html.match(/bgcolor="#1e6b52"/g)).toHaveLength(24);
    expect(html).toContain('&lt;b&gt;');
  });
});
