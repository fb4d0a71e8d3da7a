import type { ErasesAccounts, ErasesUsers } from '../ports/people';

interface Ports {
  accounts: ErasesAccounts;
  users: ErasesUsers;
}

/** The user first: from then on no fresh token is given, and those that are out end before the tombstone does. */
export async function eraseAccount(
  { accounts, users }: Ports,
  customerId: string,
): Promise<{ outcome: 'ERASED' }> {
  await users.erase(customerId);
  await accounts.erase(customerId);
  return { outcome: 'ERASED' };
}
