import { MINUTE } from '../../../shared/kernel/time';
import type { Commit } from './commit-plan';

/** A call sent again within 15 minutes is known; the rest is what the stream's clock may be off. */
export const WINDOW = 20 * MINUTE;

/** Keys that a shard counted, with the time their record arrived. */
export interface CountedKeys {
  keys: readonly string[];
  arrivedAt: number;
}

/** What an environment knows of a shard: where it stands, and what it counted in the last 20 minutes. */
export class ShardMemory {
  private readonly counted = new Map<string, number>();

  constructor(
    /** Undefined while the stream does not say: kept as none, their clicks would be counted again for good. */
    readonly ancestors: readonly string[] | undefined,
    /** It knows every key that was counted since. */
    public since: number,
    public checkpoint: string | undefined,
  ) {}

  learn(batches: readonly CountedKeys[], checkpoint: string | undefined): void {
    for (const { keys, arrivedAt } of batches) for (const key of keys) this.counted.set(key, arrivedAt);
    this.checkpoint = checkpoint;
  }

  has = (key: string): boolean => this.counted.has(key);

  advance({ keys, arrivedAt, checkpoint }: Commit): void {
    this.learn([{ keys, arrivedAt }], checkpoint);
  }

  /** Records come in order, so nothing asks for what is older. */
  forget(before: number): void {
    this.since = Math.max(this.since, before);
    for (const [key, arrivedAt] of this.counted) {
      if (arrivedAt >= before) return;
      this.counted.delete(key);
    }
  }
}
