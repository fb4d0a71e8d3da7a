import type { Reservation } from '../../../services/inventory/domain/reservation';
import type { ShardLevel, StockChange } from '../../../services/inventory/domain/stock';
import type {
  CommitHeld,
  Move,
  Reservations,
  Saved,
  StockLevels,
} from '../../../services/inventory/ports/reservations';
import { bucketOf } from '../../../shared/kernel/ids';

/** What may happen to a call: nothing, or its answer gets lost after it took effect. */
export type Mishap = 'none' | 'answer lost';

export class AnswerLost extends Error {
  override name = 'TimeoutError';
}

/**
 * The reservations and stock tables as the port describes them: conditions, all or nothing. Every call yields before
 * it acts, so that calls of several steps interleave.
 */
export class MemoryTables implements Reservations, StockLevels {
  readonly rows = new Map<string, Reservation>();
  readonly stock = new Map<string, number>();
  /** Over how many shards orders spread, where that is not as many as there are. */
  readonly aims = new Map<string, number>();
  calls: string[] = [];
  mishap: () => Mishap = () => 'none';
  yields: () => Promise<unknown> = () => Promise.resolve();

  constructor(levels: Record<string, number[]> = {}) {
    for (const [productId, shards] of Object.entries(levels)) {
      for (const [shard, available] of shards.entries()) this.stock.set(`${productId}#${shard}`, available);
    }
  }

  available(productId: string): number {
    return this.levels([productId]).reduce((total, { available }) => total + available, 0);
  }

  async find(orderId: string): Promise<Reservation | undefined> {
    return this.call('find', () => structuredClone(this.rows.get(orderId)));
  }

  async save({ from, to, stock }: Move): Promise<Saved> {
    return this.call('save', () => {
      const found = this.rows.get(to.orderId);
      if (found?.version !== from?.version)
        return { saved: false, found: structuredClone(found), short: false };
      if (!this.move(stock)) return { saved: false, found: from, short: true };
      this.rows.set(to.orderId, structuredClone(to));
      return { saved: true };
    });
  }

  /** @returns false when a shard has too little, and then moves nothing */
  move(changes: readonly StockChange[]): boolean {
    const after = changes.map(({ productId, shard, units }) => {
      const key = `${productId}#${shard}`;
      return { key, units, level: (this.stock.get(key) ?? 0) + units };
    });
    if (after.some(({ units, level }) => units < 0 && level < 0)) return false;
    for (const { key, level } of after) this.stock.set(key, level);
    return true;
  }

  async commitHeld({ orderId, attempt, step }: CommitHeld): Promise<Saved> {
    return this.call('commitHeld', () => {
      const found = this.rows.get(orderId);
      if (found?.state !== 'HELD' || found.attempt > attempt) {
        return { saved: false, found: structuredClone(found), short: false };
      }
      this.rows.set(orderId, { ...found, state: 'COMMITTED', attempt, step, version: found.version + 1 });
      return { saved: true };
    });
  }

  async expired(now: string, limit: number): Promise<string[]> {
    return this.call('expired', () => {
      const held = [...this.rows.values()].filter(
        ({ state, expiresAt }) => state === 'HELD' && (expiresAt ?? '') < now,
      );
      return Array.from({ length: 16 }, (_, part) =>
        held.filter(({ orderId }) => bucketOf(orderId, 16) === part).slice(0, limit),
      )
        .flat()
        .map(({ orderId }) => orderId);
    });
  }

  async shardsOf(productIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return this.call(
      'shardsOf',
      () => new Map(productIds.map((id) => [id, this.aims.get(id) ?? this.levels([id]).length])),
    );
  }

  async read(productIds: readonly string[]): Promise<ShardLevel[]> {
    return this.call('read', () => this.levels(productIds));
  }

  private levels(productIds: readonly string[]): ShardLevel[] {
    return [...this.stock].flatMap(([key, available]) => {
      const [productId = '', shard] = key.split('#');
      return productIds.includes(productId) ? [{ productId, shard: Number(shard), available }] : [];
    });
  }

  private async call<T>(name: string, effect: () => T): Promise<T> {
    await this.yields();
    this.calls.push(name);
    const result = effect();
    if (this.mishap() === 'answer lost') throw new AnswerLost(`${name} took effect, its answer got lost`);
    return result;
  }
}
