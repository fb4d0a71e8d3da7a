import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import { type Clock, iso } from '../../../shared/kernel/time';
import { type Account, type AccountChange, change } from '../domain/account';
import type { Accounts } from '../ports/accounts';
import { readAccount } from './read-account';

export interface ChangeAccount {
  customerId: string;
  /** The version that the caller saw; undefined for `*`. */
  seen: number | undefined;
  wanted: AccountChange;
}

interface Ports {
  accounts: Accounts;
  clock: Clock;
  newId: () => string;
}

const stale = (): Refusal =>
  refuse('STALE', 'The account was changed meanwhile. Read it again and repeat your change.');

export async function changeAccount(
  ports: Ports,
  { customerId, seen, wanted }: ChangeAccount,
): Promise<Account | Refusal> {
  const account = await readAccount(ports, customerId);
  if (seen !== undefined && seen !== account.version) return stale();
  const changed = change(account, wanted, iso(ports.clock()), ports.newId);
  return (await ports.accounts.save(changed)) ? changed : stale();
}
