import { type Account, newAccount } from '../domain/account';
import type { Accounts } from '../ports/accounts';

/** Whoever is signed in has an account; one that was never changed has no row. */
export const readAccount = async (
  { accounts }: { accounts: Pick<Accounts, 'find'> },
  customerId: string,
): Promise<Account> => (await accounts.find(customerId)) ?? newAccount(customerId);
