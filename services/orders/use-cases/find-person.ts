import { isGuestOrder } from '../domain/guest';
import type { FindsAccounts, KnowsVerifiedEmails } from '../ports/accounts';
import type { HidesEmails } from '../ports/guests';
import type { FindsOrders } from '../ports/orders';

export interface Named {
  customerId?: string;
  orderId?: string;
  email?: string;
  /** By an address: not an account whose address nobody has shown to be theirs. */
  verifiedOnly?: boolean;
}

export type Person = { outcome: 'FOUND'; customerId?: string; emailHash?: string } | { outcome: 'UNKNOWN' };

interface Ports {
  orders: FindsOrders;
  accounts: FindsAccounts & KnowsVerifiedEmails;
  emails: HidesEmails;
}

/** A person under the names that their data is kept by: an account, the hash of an address, or both. */
export async function findPerson(
  ports: Ports,
  { customerId, orderId, email, verifiedOnly = false }: Named,
): Promise<Person> {
  if (orderId !== undefined) return ofOrder(ports, orderId);
  if (email === undefined)
    return customerId === undefined ? { outcome: 'UNKNOWN' } : ofAccount(ports, customerId);
  const [account, emailHash] = await Promise.all([
    ports.accounts.customerOf(email),
    ports.emails.hashOf(email),
  ]);
  const counts = account !== undefined && (!verifiedOnly || (await ports.accounts.verifiedEmailOf(account)));
  return { outcome: 'FOUND', customerId: counts ? account : undefined, emailHash };
}

async function ofOrder(ports: Ports, orderId: string): Promise<Person> {
  const order = await ports.orders.get(orderId);
  if (!order) return { outcome: 'UNKNOWN' };
  if (!isGuestOrder(order)) return ofAccount(ports, order.customerId);
  // Without its hash it was erased before: there is nobody left to be found.
  return order.emailHash ? { outcome: 'FOUND', emailHash: order.emailHash } : { outcome: 'UNKNOWN' };
}

/** Orders that were placed as a guest under the account's address are this person's, if the address is shown to be theirs. */
async function ofAccount({ accounts, emails }: Ports, customerId: string): Promise<Person> {
  const email = await accounts.verifiedEmailOf(customerId);
  return { outcome: 'FOUND', customerId, emailHash: email && (await emails.hashOf(email)) };
}
