import { stringify } from 'csv-stringify/sync';
import mustache from 'mustache';
import type { Amounts, DayReport } from '../domain/day-report';
import type { Writer, WrittenReport } from '../ports/reporting';
import { dailyReportHtml, dailyReportText } from './templates/daily-report.html';

const LOCALE = 'en-GB';
/** Of the highest bar, in pixels; what is more than nothing is seen. */
const HIGHEST = 130;

function money(currency: string, amount: number): string {
  const format = new Intl.NumberFormat(LOCALE, { style: 'currency', currency });
  const { maximumFractionDigits = 2 } = format.resolvedOptions();
  return format.format(amount / 10 ** maximumFractionDigits);
}

const moneyOf = (amounts: Amounts): string[] => {
  const all = Object.entries(amounts).map(([currency, amount]) => money(currency, amount));
  return all.length > 0 ? all : ['–'];
};

const number = (value: number): string => new Intl.NumberFormat(LOCALE).format(value);

const time = (milliseconds: number): string =>
  milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;

const share = (part: number): string => `${(part * 100).toFixed(1)} %`;

function figuresOf({ orders, revenue, refunds, clicks, conversion, byStatus }: DayReport) {
  const { sessions, views, carts, orders: ordered } = clicks;
  return [
    { label: 'Orders', values: [number(orders)], note: `${number(byStatus.REJECTED ?? 0)} rejected` },
    { label: 'Revenue', values: moneyOf(revenue), note: 'sold, before refunds' },
    { label: 'Refunds', values: moneyOf(refunds.amounts), note: `${number(refunds.count)} made` },
    {
      label: 'Conversion',
      values: [conversion === undefined ? '–' : share(conversion)],
      note: `${number(sessions)} sessions, ${number(views)} views, ${number(carts)} carts, ${number(ordered)} ordered`,
    },
  ];
}

function viewOf(report: DayReport) {
  const { day, byHour, byStatus, topProducts, slowestSteps } = report;
  const figures = figuresOf(report);
  const most = Math.max(...byHour, 1);
  const mostUnits = Math.max(...topProducts.map(({ units }) => units), 1);
  return {
    subject: `Orders of ${day}: ${number(report.orders)}, ${moneyOf(report.revenue).join(' + ')}`,
    title: new Intl.DateTimeFormat(LOCALE, { dateStyle: 'full', timeZone: 'UTC' }).format(new Date(day)),
    csvKey: csvKeyOf(day),
    figures,
    // Two beside each other: four are too wide for a phone.
    rows: [{ figures: figures.slice(0, 2) }, { figures: figures.slice(2) }],
    hours: byHour.map((count, hour) => ({
      hour,
      shown: count > 0 ? number(count) : '',
      height: Math.max(Math.round((count / most) * HIGHEST), count > 0 ? 2 : 1),
    })),
    statuses: Object.entries(byStatus)
      .sort(([, a], [, b]) => b - a)
      .map(([status, count]) => ({
        status: status.toLowerCase().replaceAll('_', ' '),
        count: number(count),
      })),
    products: topProducts.map(({ name, units, revenue }) => {
      const percent = Math.max(Math.round((units / mostUnits) * 100), 1);
      return {
        name,
        units: number(units),
        revenue: moneyOf(revenue).join(' + '),
        percent,
        rest: 100 - percent,
      };
    }),
    steps: slowestSteps.map(({ step, count, median, p95, slowest }) => ({
      step,
      count: number(count),
      median: time(median),
      p95: time(p95),
      slowest: time(slowest),
    })),
  };
}

export const csvKeyOf = (day: string): string => `daily/${day}.csv`;

type Row = { section: string; name: string; measure: string; value: number | string; unit: string };

const amounts = (section: string, name: string, measure: string, all: Amounts): Row[] =>
  Object.entries(all).map(([unit, value]) => ({ section, name, measure, value, unit }));

/** One figure a row, so that a spreadsheet can filter it; money in minor units, as everywhere. */
function rowsOf(report: DayReport): Row[] {
  const { clicks, refunds } = report;
  const count = (section: string, name: string, value: number): Row => ({
    section,
    name,
    measure: 'count',
    value,
    unit: '',
  });
  return [
    count('day', 'orders', report.orders),
    ...amounts('day', 'revenue', 'amount', report.revenue),
    count('day', 'refunds', refunds.count),
    ...amounts('day', 'refunds', 'amount', refunds.amounts),
    ...Object.entries(clicks).map(([name, value]) => count('clicks', name, value)),
    {
      section: 'day',
      name: 'conversion',
      measure: 'orders a session',
      value: report.conversion?.toFixed(6) ?? '',
      unit: '',
    },
    ...Object.entries(report.byStatus).map(([status, value]) => count('status', status, value)),
    ...report.byHour.map((value, hour) => count('hour', String(hour).padStart(2, '0'), value)),
    ...report.topProducts.flatMap(({ productId, units, revenue }) => [
      { section: 'product', name: productId, measure: 'units', value: units, unit: '' },
      ...amounts('product', productId, 'revenue', revenue),
    ]),
    ...report.slowestSteps.flatMap(({ step, ...times }) =>
      Object.entries(times).map(([measure, value]) => ({
        section: 'step',
        name: step,
        measure,
        value,
        unit: measure === 'count' ? '' : 'ms',
      })),
    ),
  ];
}

export const reportWriter: Writer = {
  write(report): WrittenReport {
    const view = viewOf(report);
    const columns = ['day', 'section', 'name', 'measure', 'value', 'unit'];
    const rows = rowsOf(report).map((row) => ({ day: report.day, ...row }));
    return {
      subject: view.subject,
      // A spreadsheet would run a text that begins like a formula.
      csv: stringify(rows, { header: true, columns, escape_formulas: true }),
      html: mustache.render(dailyReportHtml, view),
      text: mustache.render(dailyReportText, view, {}, { escape: String }),
    };
  },
};
