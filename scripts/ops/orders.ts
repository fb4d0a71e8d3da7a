import { setTimeout as pause } from 'node:timers/promises';
import { Command } from 'commander';
import { Problem } from '../local/problem';
import { whole } from './arguments';
import { Group } from './group';
import { type Item, search, timeline } from './order-pages';
import { periodOf, type Query, queryOf } from './order-query';
import { staffApi } from './staff-api';
import { table } from './table';

const ACTS = [
  ['resume', 'raise its attempt: the next one goes on from what the rows say is done'],
  ['compensate', 'raise its attempt to give back what was taken, and cancel it'],
] as const;

const nothingBy = (query: Query): string =>
  `Nothing found by ${Object.keys(query).join(' and ')}. Ids of orders begin with ord_, correlation ids of ours with cor_.`;

const CORRELATION = `
A correlation id finds the order that its request placed, if it is one of ours (cor_…): it tells when that was. One that a
client made, or that a later request came under, is in the logs alone.`;

export function orderCommand(): Command {
  const command = new Group('order').description('Find an order, see why it lies still, set it going again');
  command
    .command('find <anything>')
    .description(
      'an id or its beginning, an e-mail address, a tracking number, a customer id, a correlation id, a day (2026-11-21) or a status, newest first',
    )
    .addHelpText('after', CORRELATION)
    .option('--limit <n>', 'so many at most', whole(1, 100_000), 20)
    .action(async (anything, { limit }, self) => {
      const query = queryOf(anything);
      const rows = await search(await staffApi(self), query, limit);
      if (rows.length === 0) return console.log(nothingBy(query));
      console.log(table(rows, ['id', 'status', 'paymentStatus', 'fulfilmentStatus', 'attempt', 'updatedAt']));
    });
  command
    .command('timeline <order>')
    .description('its events, steps, payments and messages, oldest first')
    .action(async (order, _options, self) => {
      for (const item of await timeline(await staffApi(self), order)) console.log(lineOf(item));
    });
  for (const [name, about] of ACTS) {
    command
      .command(`${name} <order>`)
      .description(about)
      .action(async (order, _options, self) => {
        const { id, status, version } = await (await staffApi(self)).call(
          `POST /staff/orders/${order}/${name}`,
          {},
        );
        console.log(`${id} is ${status}, version ${version}; its next attempt was asked for`);
      });
  }
  return command.addCommand(republishCommand());
}

const republishCommand = (): Command =>
  new Command('republish')
    .description('send events again, under the ids they have: of one order, or of all placed in a time')
    .argument('[order]')
    .option('--from <time>', 'placed at or after, such as 2026-11-21 or 2026-11-21T09:00:00Z')
    .option('--to <time>', 'placed before; a date is its first moment')
    .option('--rate <n>', 'orders a second (1-100)', whole(1, 100), 5)
    .action(async (order, { from, to, rate }, self) => {
      if (!order && !from)
        throw new Problem('Which events?', 'Name an order, or a time with --from and --to');
      const api = await staffApi(self);
      const ids = order
        ? [order]
        : (await search(api, periodOf({ from, to }), Number.POSITIVE_INFINITY)).map(({ id }) => id);
      for (const id of ids) {
        const { events, tooOld } = await api.call(`POST /staff/orders/${id}/republish`, {});
        console.log(`${id}  ${events} events, ${tooOld} too old to be sent again`);
        if (ids.length > 1) await pause(1000 / rate);
      }
      console.log(`${ids.length} orders`);
    });

function lineOf({
  at,
  kind,
  correlationId,
  type,
  step,
  message,
  outcome,
  actor,
  attempt,
  channel,
}: Item): string {
  const what = [type ?? step ?? message, channel, outcome, actor && `by ${actor}`].filter(Boolean).join(' ');
  return `${at}  ${kind.padEnd(8)} ${attempt === undefined ? ' ' : `#${attempt}`}  ${what.padEnd(48)}  ${correlationId ?? ''}`;
}
