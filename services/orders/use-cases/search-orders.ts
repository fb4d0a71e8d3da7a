import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import type { Clock } from '../../../shared/kernel/time';
import type { Order, OrderStatus } from '../domain/order';
import { dayBelow, type IdRange, idRange, type Period } from '../domain/order-search';
import type { FindsAccounts } from '../ports/accounts';
import type { HidesEmails } from '../ports/guests';
import type { Found, SearchesOrders } from '../ports/order-search';

export interface OrderSearch extends Period {
  status?: OrderStatus;
  email?: string;
  /** As the carrier's label has it. */
  trackingNumber?: string;
  /** Of an account or a guest. */
  customerId?: string;
  limit: number;
  /** The position of the page before. */
  before?: string;
}

interface Ports {
  orders: SearchesOrders;
  accounts: FindsAccounts;
  emails: HidesEmails;
  clock: Clock;
}

/** Work of one page: so many looks into the indexes of a day, then the page ends, full or not. */
const LOOKS = 7;

/** Orders of one look where only some are meant: a rare status is met on a later page. */
const CHUNK = 100;

export interface SearchPage {
  orders: Order[];
  next?: string;
}

/** Newest first. A page may be short, or empty, and still have a next: no page does more than its share of work. */
export async function searchOrders(ports: Ports, search: OrderSearch): Promise<SearchPage | Refusal> {
  const { email, trackingNumber, customerId } = search;
  if ([email, trackingNumber, customerId].filter((one) => one !== undefined).length > 1)
    return refuse('VALIDATION_FAILED', 'Search by one of an address, a tracking number and a customer.');
  const where = await placesOf(ports, search);
  const range = idRange(search, ports.clock(), where && 0);
  if (!range) return refuse('VALIDATION_FAILED', '`from` and `to` are dates or times of the calendar.');
  const before = search.before && search.before < range.before ? search.before : range.before;
  return walk(ports.orders, search, { ...range, before }, where);
}

/** A guest is found by the hash, a customer by the account; one address may be both. Undefined: by the day. */
async function placesOf(
  { accounts, emails }: Ports,
  { email, trackingNumber, customerId }: OrderSearch,
): Promise<Found[] | undefined> {
  if (trackingNumber !== undefined) return [{ trackingNumber }];
  if (customerId !== undefined) return [{ customerId }];
  if (email === undefined) return undefined;
  const [emailHash, account] = await Promise.all([emails.hashOf(email), accounts.customerOf(email)]);
  return [{ emailHash }, ...(account ? [{ customerId: account }] : [])];
}

/** One look: orders that have a place have it for all time, the others lie by the day. */
async function look(
  orders: SearchesOrders,
  { from, before }: IdRange,
  where: Found[] | undefined,
  limit: number,
): Promise<{ orders: Order[]; goOnBelow?: string }> {
  const { date, firstId } = dayBelow(before);
  const { ids, more } = await orders.newestIds(where ?? [{ date }], { from, before, limit });
  const below = more ? ids.at(-1) : where ? undefined : firstId;
  return {
    orders: await orders.getAll(ids),
    goOnBelow: below !== undefined && below > from ? below : undefined,
  };
}

/** By what no index has: it is met among others. */
const isSifted = ({ status, correlationId }: OrderSearch): boolean => Boolean(status ?? correlationId);

const isMeant = (order: Order, { status, correlationId }: OrderSearch): boolean =>
  (!status || order.status === status) && (!correlationId || order.correlationId === correlationId);

async function walk(
  orders: SearchesOrders,
  search: OrderSearch,
  { from, before }: IdRange,
  where: Found[] | undefined,
): Promise<SearchPage> {
  const { limit } = search;
  const found: Order[] = [];
  let next: string | undefined = before > from ? before : undefined;
  for (let looks = 0; looks < LOOKS && next && found.length < limit; looks += 1) {
    const wanted = isSifted(search) ? CHUNK : limit - found.length;
    const seen = await look(orders, { from, before: next }, where, wanted);
    found.push(...seen.orders.filter((order) => isMeant(order, search)));
    next = seen.goOnBelow;
  }
  // The page may end in the middle of what was looked at: the next one looks again below its last order.
  return found.length > limit
    ? { orders: found.slice(0, limit), next: found[limit - 1]?.id }
    : { orders: found, next };
}
