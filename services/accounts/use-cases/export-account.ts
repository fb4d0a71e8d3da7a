import type { Account } from '../domain/account';
import type { Accounts } from '../ports/accounts';
import type { ReadsUsers, User } from '../ports/people';

interface Ports {
  accounts: Pick<Accounts, 'find'>;
  users: ReadsUsers;
}

/** All that a customer keeps with us beside their orders. */
export async function exportAccount(
  { accounts, users }: Ports,
  customerId: string,
): Promise<{ user?: User; account?: Account }> {
  const [account, user] = await Promise.all([accounts.find(customerId), users.find(customerId)]);
  return { user, account };
}
