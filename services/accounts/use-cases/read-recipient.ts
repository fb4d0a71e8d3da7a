import type { Account } from '../domain/account';
import type { Accounts } from '../ports/accounts';

export type RecipientSettings =
  | ({ outcome: 'FOUND' } & Pick<Account, 'preferences' | 'devices'>)
  /** Never changed, or erased: nothing is known. */
  | { outcome: 'UNKNOWN' };

/** What a customer wants to hear of, and on which devices. */
export async function readRecipient(
  { accounts }: { accounts: Pick<Accounts, 'find'> },
  customerId: string,
): Promise<RecipientSettings> {
  const account = await accounts.find(customerId);
  if (!account) return { outcome: 'UNKNOWN' };
  return { outcome: 'FOUND', preferences: account.preferences, devices: account.devices };
}
