import { type Clock, iso } from '../../../shared/kernel/time';
import { forget } from '../domain/account';
import type { Accounts } from '../ports/accounts';

interface ForgetDevice {
  customerId: string;
  deviceId: string;
  token: string;
}

/** How often the owner's own changes may come first. */
const TRIES = 3;

/** A device that its platform says is no more is not tried again. @throws Error when the account keeps changing. */
export async function forgetDevice(
  { accounts, clock }: { accounts: Accounts; clock: Clock },
  { customerId, deviceId, token }: ForgetDevice,
): Promise<{ outcome: 'FORGOTTEN' | 'UNKNOWN' }> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const account = await accounts.find(customerId);
    const left = account && forget(account, deviceId, token, iso(clock()));
    if (!left || left === account) return { outcome: 'UNKNOWN' };
    if ((await accounts.save(left)) === 'SAVED') return { outcome: 'FORGOTTEN' };
  }
  throw new Error('The account keeps changing');
}
