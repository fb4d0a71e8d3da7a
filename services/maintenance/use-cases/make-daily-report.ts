import { type Clock, DAY, iso } from '../../../shared/kernel/time';
import { type DayReport, DayTally } from '../domain/day-report';
import type { Archive, DayBooks, Mailer, Writer, WrittenReport } from '../ports/reporting';
import type { Runs } from '../ports/runs';

export interface MakeDailyReport {
  /** Yesterday when left out. */
  day?: string;
  mail: boolean;
}

interface Ports {
  books: DayBooks;
  writer: Writer;
  archive: Archive;
  mailer: Mailer;
  runs: Runs;
  clock: Clock;
}

/** Refunds are looked for among orders so old: a return may come 30 days after the delivery. */
const REFUND_DAYS = 60;

const dayOf = (at: number): string => iso(at).slice(0, 10);

async function addOrders({ books }: Ports, tally: DayTally, day: string): Promise<void> {
  let cursor: string | undefined;
  do {
    const page = await books.orders(day, cursor);
    for (const order of page.items) tally.order(order);
    cursor = page.cursor;
  } while (cursor);
}

/** What was given back on the day, of whichever order: a refund changes its order, so few are asked for. */
async function addRefunds({ books }: Ports, tally: DayTally, day: string): Promise<void> {
  const start = Date.parse(day);
  for (let back = 0; back < REFUND_DAYS; back += 1) {
    let cursor: string | undefined;
    do {
      const page = await books.refunded(dayOf(start - back * DAY), iso(start), cursor);
      const refunds = page.ids.length > 0 ? await books.refundsOf(page.ids) : [];
      for (const { amount } of refunds.filter(({ at }) => at.startsWith(day))) tally.refund(amount);
      cursor = page.cursor;
    } while (cursor);
  }
}

/** Days whose mail is remembered: nobody asks for the report of an older one by a schedule. */
const REMEMBERED = 60;

/**
 * Claimed, sent, marked (docs/rules.md, 12): a second mail of a day only if the process died between the provider's
 * acceptance and the mark. @throws while another run has the claim, after which this one comes again
 */
async function mailOnce({ mailer, runs }: Ports, day: string, written: WrittenReport): Promise<void> {
  const run = await runs.take<{ days: string[] }>('daily-report-mail');
  if (!run) throw new Error('The report is being mailed by another run, or one died over it');
  const days = run.state?.days ?? [];
  try {
    if (days.includes(day)) return;
    await mailer.send(day, written);
    await run.keep({ days: [...days, day].slice(-REMEMBERED) });
  } finally {
    await run.pause();
  }
}

/** The figures of a day (UTC), archived, and mailed once if somebody wants it. Made again, it takes the earlier one's place. */
export async function makeDailyReport(
  ports: Ports,
  { day = dayOf(ports.clock() - DAY), mail }: MakeDailyReport,
): Promise<{ report: DayReport; files: string[] }> {
  const tally = new DayTally(day);
  await addOrders(ports, tally, day);
  await addRefunds(ports, tally, day);
  const report = tally.end(await ports.books.clicks(day));
  const written = ports.writer.write(report);
  const files = await ports.archive.keep(day, written);
  if (mail) await mailOnce(ports, day, written);
  return { report, files };
}
