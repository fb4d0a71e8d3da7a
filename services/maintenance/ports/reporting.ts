import type { Money } from '../../../shared/kernel/money';
import type { DayReport, ReportedOrder } from '../domain/day-report';

export interface DayBooks {
  /** Orders made on the day. */
  orders(day: string, cursor?: string): Promise<{ items: ReportedOrder[]; cursor?: string }>;
  /** Of the orders made on a day, those whose payment was given back in part or whole, and that changed since then. */
  refunded(day: string, changedSince: string, cursor?: string): Promise<{ ids: string[]; cursor?: string }>;
  refundsOf(orderIds: readonly string[]): Promise<{ amount: Money; at: string }[]>;
  clicks(day: string): Promise<Record<string, number>>;
}

export interface WrittenReport {
  subject: string;
  csv: string;
  html: string;
  text: string;
}

export interface Writer {
  write(report: DayReport): WrittenReport;
}

export interface Archive {
  /** One of a day: a second one takes its place. */
  keep(day: string, report: WrittenReport): Promise<string[]>;
}

export interface Mailer {
  send(day: string, report: WrittenReport): Promise<void>;
}
