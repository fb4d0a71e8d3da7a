import { setTimeout as pause } from 'node:timers/promises';
import { Command } from 'commander';
import { Problem } from '../local/problem';
import { REQUEST_ID, requestId } from './arguments';
import { type Act, askOnce, look, type Named, type Request } from './ask-once';
import { confirmErasure } from './confirm';
import { Group } from './group';
import { type StaffApi, staffApi } from './staff-api';

interface Options {
  customer?: string;
  order?: string;
  email?: string;
  yes?: boolean;
}

const ABOUT = `the id it was signed off under: ${REQUEST_ID}`;

const EVERY_MS = 500;
/** A page of ten orders takes about a second. */
const LONGEST_MS = 10 * 60_000;

const AGAIN = `
A request that was broken off is asked for again with the same words: it goes on, or tells what it came to.`;

/** The data of a person, under the id of a request that was signed off. */
export function personCommand(): Command {
  const exporting = asking(
    'export',
    'collect all that is kept of a person, and print links that open for 15 minutes',
  );
  const erasing = asking(
    'erase',
    'take a person out of all that is kept; what the books need stays, without them',
  ).option('--yes', 'without being asked: it cannot be undone');
  return new Group('person')
    .description('Tell a person what is kept of them, or erase it')
    .addCommand(exporting)
    .addCommand(erasing)
    .addCommand(
      new Command('status')
        .argument('<request>', ABOUT, requestId)
        .description('how far a request has come')
        .action(async (request, _options, self) => tell(await look(await staffApi(self), request))),
    );
}

const asking = (act: Act, about: string): Command =>
  new Command(act)
    .argument('<request>', ABOUT, requestId)
    .description(about)
    .option('--customer <id>', 'the customer id of an account')
    .option('--order <id>', 'an order of a guest: all orders under its address')
    .option('--email <address>', 'the account and the guest orders of an address')
    .addHelpText('after', AGAIN)
    .action(async (request, options: Options, self) => {
      const named = namedBy(options);
      if (act === 'erase' && !options.yes) await confirmErasure(request, Object.values(named).join());
      const api = await staffApi(self);
      await askOnce(api, act, request, named);
      tell(await ended(api, request));
    });

function namedBy({ customer, order, email }: Options): Named {
  const names = Object.entries({ customerId: customer, orderId: order, email }).flatMap(([key, value]) =>
    value ? [[key, value] as const] : [],
  );
  if (names.length !== 1) throw new Problem('Who is it?', 'Name one of --customer, --order and --email');
  return Object.fromEntries(names);
}

async function ended(api: StaffApi, request: string): Promise<Request> {
  const end = Date.now() + LONGEST_MS;
  let seen = await look(api, request);
  while (seen.status === 'RUNNING' && Date.now() < end) {
    await pause(EVERY_MS);
    seen = await look(api, request);
  }
  return seen;
}

/** Exit code 1 unless it is done. */
function tell({ requestId, kind, status, step, orders, openOrders = [], files = [], ...who }: Request): void {
  const where = status === 'RUNNING' ? ` at ${step}` : '';
  const of = [who.customerId, who.orderId].filter(Boolean).join(', ');
  console.log([requestId, kind, `${status}${where}`, `${orders} orders`, of].join('  ').trimEnd());
  for (const { name, url } of files) console.log(`${name}  ${url}`);
  if (openOrders.length > 0)
    console.log(`Open, so nothing was erased: ${openOrders.join(', ')}. Ask again when they have ended.`);
  if (status !== 'DONE') process.exitCode = 1;
}
