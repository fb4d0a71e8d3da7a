import type { Account, Device } from '../domain/account';

/** STALE: another change of the version came first. ERASED: there is no such account any more. */
export type Saved = 'SAVED' | 'STALE' | 'ERASED';

export interface Accounts {
  find(customerId: string): Promise<Account | undefined>;
  save(account: Account): Promise<Saved>;
}

export interface PushPlatforms {
  /** Devices that are not this customer's any more. @throws Error when one may still be known there. */
  forget(customerId: string, devices: Device[]): Promise<void>;
}
