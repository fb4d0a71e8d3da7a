import type { Account } from '../domain/account';

export interface Accounts {
  find(customerId: string): Promise<Account | undefined>;
  /** False when another change of the version before came first. */
  save(account: Account): Promise<boolean>;
}
