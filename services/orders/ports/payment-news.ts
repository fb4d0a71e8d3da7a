import type { Change, FindsOrders } from './orders';

export interface FollowsPayments extends FindsOrders {
  /**
   * The change and the memory of its cause in one transaction. DONE: this event had its effect before. STALE: somebody
   * else changed the order first.
   */
  follow(change: Change, eventId: string, now: number): Promise<'SAVED' | 'STALE' | 'DONE'>;
}
