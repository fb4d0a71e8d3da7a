import type { Order } from '../domain/order';
import type { AnswerTo, Change, Saved } from './orders';

export interface FindsGuestOrders {
  /** Guests' orders of an address, newest first, from below `before`; `last` says that there are more. */
  listByEmail(
    emailHash: string,
    page: { limit: number; before?: string },
  ): Promise<{ orders: Order[]; last?: string }>;
}

export interface SavesTogether {
  /** All changes in one transaction, each conditional on its version before, with the reply's record. */
  saveAll(changes: Change[], answerTo: AnswerTo): Promise<Saved>;
}

export interface RequestsLinks {
  /** The change and the order's count of the hour in one transaction. */
  requestLink(change: Change, now: number): Promise<'REQUESTED' | 'STALE' | 'TOO_MANY'>;
}
