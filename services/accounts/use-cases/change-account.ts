import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import { type Clock, iso } from '../../../shared/kernel/time';
import { type Account, type AccountChange, change, dropped } from '../domain/account';
import type { Accounts, PushPlatforms } from '../ports/accounts';
import { readAccount } from './read-account';

export interface ChangeAccount {
  customerId: string;
  /** The version that the caller saw; undefined for `*`. */
  seen: number | undefined;
  wanted: AccountChange;
}

interface Ports {
  accounts: Accounts;
  devices: PushPlatforms;
  /** Of a device that may still be known to its platform, although it is off the account. */
  tell: (error: unknown) => void;
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
  const gone = dropped(account, changed);
  // While the account still names them, since nobody could forget them later; one that stays gets its endpoint back
  // with the next push.
  if (gone.length > 0) await ports.devices.forget(customerId, gone);
  const saved = await ports.accounts.save(changed);
  if (saved === 'STALE') return stale();
  if (saved === 'ERASED') return refuse('NOT_FOUND', 'There is no such account any more.');
  // A push that was under way may have made its endpoint anew.
  if (gone.length > 0) await ports.devices.forget(customerId, gone).catch(ports.tell);
  return changed;
}
