import { setTimeout as pause } from 'node:timers/promises';
import { Command } from 'commander';
import { Problem } from '../local/problem';
import { type StaffApi, staffApi } from './staff-api';

interface Named {
  customer?: string;
  order?: string;
  email?: string;
}

interface Request {
  requestId: string;
  kind: string;
  status: 'RUNNING' | 'DONE' | 'REFUSED';
  step: string;
  customerId?: string;
  orderId?: string;
  orders: number;
  openOrders?: string[];
  files?: { name: string; url: string }[];
}

const ACTS = [
  ['export', 'collect all that is kept of a person, and print links that open for 15 minutes'],
  ['erase', 'take a person out of all that is kept; what the books need stays, without them'],
] as const;

const EVERY_MS = 500;
/** A page of ten orders takes about a second. */
const LONGEST_MS = 10 * 60_000;

/** The data of a person, under the id of a request that was signed off. */
export function personCommand(): Command {
  const command = new Command('person').description('Tell a person what is kept of them, or erase it');
  for (const [act, about] of ACTS) {
    command
      .command(`${act} <request>`)
      .description(`${about}; <request> is the id it was signed off under, such as DSR-2026-0042`)
      .option('--customer <id>', 'the customer id of an account')
      .option('--order <id>', 'an order of a guest: all orders under its address')
      .option('--email <address>', 'the account and the guest orders of an address')
      .action(async (request, named: Named, self) => {
        const api = await staffApi(self);
        await api.call(`POST /staff/people/${act}`, { requestId: request, ...bodyOf(named) });
        tell(await ended(api, request));
      });
  }
  return command.addCommand(
    new Command('status')
      .argument('<request>')
      .description('how far a request has come')
      .action(async (request, _options, self) => tell(await look(await staffApi(self), request))),
  );
}

function bodyOf({ customer, order, email }: Named): Record<string, string> {
  const names = Object.entries({ customerId: customer, orderId: order, email }).flatMap(([key, value]) =>
    value ? [[key, value] as const] : [],
  );
  if (names.length !== 1) throw new Problem('Who is it?', 'Name one of --customer, --order and --email');
  return Object.fromEntries(names);
}

const look = (api: StaffApi, request: string): Promise<Request> =>
  api.call(`GET /staff/people/requests/${request}`);

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
