import type { ErasesAccounts, ErasesUsers } from '../ports/people';

interface Ports {
  accounts: ErasesAccounts;
  users: ErasesUsers;
}

/** The user first: who cannot sign in makes no new account row. Done twice it changes nothing. */
export async function eraseAccount(
  { accounts, users }: Ports,
  customerId: string,
): Promise<{ outcome: 'ERASED' }> {
  await users.erase(customerId);
  await accounts.erase(customerId);
  return { outcome: 'ERASED' };
}
