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

/** Orders that are looked at for each that is wanted: a rare status is met on a later page. */
const CHUNK = 100;

export interface SearchPage {
  orders: Order[];
  next?: string;
}

/** Newest first. A page may be short, or empty, and still have a next: no page does more than its share of work. */
export async function searchOrders(ports: Ports, search: OrderSearch): Promise<SearchPage | Refusal> {
  const range = idRange(search, ports.clock());
  if (!range) return refuse('VALIDATION_FAILED', '`from` and `to` are dates or times of the calendar.');
  const before = search.before && search.before < range.before ? search.before : range.before;
  const people = search.email === undefined ? undefined : await peopleOf(ports, search.email);
  return walk(ports.orders, search, { ...range, before }, people);
}

/** A guest is found by the hash, a customer by the account; one address may be both. */
async function peopleOf({ accounts, emails }: Ports, email: string): Promise<Found[]> {
  const [emailHash, customerId] = await Promise.all([emails.hashOf(email), accounts.customerOf(email)]);
  return [{ emailHash }, ...(customerId ? [{ customerId }] : [])];
}

/** One look: people have all their orders in one place, the others lie by the day. */
async function look(
  orders: SearchesOrders,
  { from, before }: IdRange,
  people: Found[] | undefined,
  limit: number,
): Promise<{ orders: Order[]; goOnBelow?: string }> {
  const { date, firstId } = dayBelow(before);
  const { ids, more } = await orders.newestIds(people ?? [{ date }], { from, before, limit });
  const below = more ? ids.at(-1) : people ? undefined : firstId;
  return {
    orders: await orders.getAll(ids),
    goOnBelow: below !== undefined && below > from ? below : undefined,
  };
}

async function walk(
  orders: SearchesOrders,
  { status, limit }: OrderSearch,
  { from, before }: IdRange,
  people: Found[] | undefined,
): Promise<SearchPage> {
  const found: Order[] = [];
  let next: string | undefined = before > from ? before : undefined;
  for (let looks = 0; looks < LOOKS && next && found.length < limit; looks += 1) {
    const wanted = status ? CHUNK : limit - found.length;
    const seen = await look(orders, { from, before: next }, people, wanted);
    found.push(...seen.orders.filter((order) => !status || order.status === status));
    next = seen.goOnBelow;
  }
  // The page may end in the middle of what was looked at: the next one looks again below its last order.
  return found.length > limit
    ? { orders: found.slice(0, limit), next: found[limit - 1]?.id }
    : { orders: found, next };
}
