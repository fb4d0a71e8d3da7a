import { commitInventory } from '../../../services/inventory/use-cases/commit-inventory';
import { releaseInventory } from '../../../services/inventory/use-cases/release-inventory';
import { reserveInventory } from '../../../services/inventory/use-cases/reserve-inventory';
import { sweepHolds } from '../../../services/inventory/use-cases/sweep-holds';
import { iso, MINUTE } from '../../../shared/kernel/time';
import type { MemoryTables } from './memory-tables';

export const NOON = Date.UTC(2030, 0, 1, 12);

/** The service's four use cases over one set of tables and one clock that the test moves. */
export class Saga {
  now = NOON;

  constructor(readonly tables: MemoryTables) {}

  private get ports() {
    return { reservations: this.tables, stock: this.tables, clock: () => this.now };
  }

  async reserve(orderId: string, attempt: number, lines: Record<string, number>): Promise<string> {
    return (await this.ask(orderId, attempt, lines, false)).outcome;
  }

  /** Reserves, or is told what is short. */
  async ask(orderId: string, attempt: number, lines: Record<string, number>, tellShort = true) {
    const { outcome, short } = await reserveInventory(this.ports, {
      orderId,
      attempt,
      lines: Object.entries(lines).map(([productId, quantity]) => ({ productId, quantity })),
      holdUntil: iso(this.now + 45 * MINUTE),
      tellShort,
    });
    return { outcome, short };
  }

  async commit(orderId: string, attempt: number): Promise<string> {
    return (await commitInventory(this.ports, { orderId, attempt })).outcome;
  }

  async release(orderId: string, attempt: number, keep?: Record<string, number>): Promise<string> {
    const lines = keep && Object.entries(keep).map(([productId, quantity]) => ({ productId, quantity }));
    return (await releaseInventory(this.ports, { orderId, attempt, keep: lines })).outcome;
  }

  sweep(atMost = 100) {
    return sweepHolds(this.ports, { atMost });
  }
}
