import type { Figures } from '../../services/clickstream/domain/view';
import type { Spike } from '../../services/clickstream/ports/clicks';
import { detectSpikes } from '../../services/clickstream/use-cases/detect-spikes';
import { iso, MINUTE } from '../../shared/kernel/time';
import { NOON } from './support/lines';

/** Counts by minutes before noon. */
function shop(counts: Record<number, Record<string, number>>) {
  const rows: Figures[] = Object.entries(counts).map(([back, some]) => ({
    minute: iso(NOON - Number(back) * MINUTE),
    key: '',
    counts: some,
  }));
  const sent: Spike[] = [];
  return {
    sent,
    look: (minute?: number, clock = NOON) =>
      detectSpikes(
        {
          figures: {
            page: async (_dimension, { from, to }) =>
              rows.filter((row) => row.minute >= from && row.minute <= to),
          },
          alerts: {
            wasSent: async (series, at) => sent.some((one) => one.series === series && one.minute === at),
            send: async (spike) => void sent.push(spike),
          },
          clock: () => clock,
        },
        { minute: minute === undefined ? undefined : iso(minute), least: 100 },
      ),
  };
}

const usual = Object.fromEntries(Array.from({ length: 15 }, (_, n) => [n + 2, { view: 20, click: 10 }]));

test('more than five times the usual is told of, once, by the run after the minute', async () => {
  const { look, sent } = shop({ ...usual, 1: { view: 140, cart: 11 } });
  await look();
  await look();
  expect(sent).toEqual([{ series: 'clicks', minute: iso(NOON - MINUTE), count: 151, usual: 30 }]);
});

test('a minute whose last clicks came late is told of by the next run', async () => {
  const { look } = shop({ ...usual, 1: { view: 200 } });
  expect(await look(undefined, NOON + MINUTE)).toHaveLength(1);
});

test.each([
  ['five times the usual', { ...usual, 1: { view: 150 } }],
  ['the first customers of a quiet shop', { 1: { view: 99 } }],
  ['a day as busy as its hour', { ...usual, 1: { view: 40 } }],
  ['nothing at all', {}],
])('%s is none', async (_what, counts) => {
  expect(await shop(counts).look()).toEqual([]);
});

test('robots have a series of their own', async () => {
  const { look } = shop({ ...usual, 1: { view: 30, bot: 5000 } });
  expect(await look()).toMatchObject([{ series: 'bots', count: 5000, usual: 0 }]);
});
