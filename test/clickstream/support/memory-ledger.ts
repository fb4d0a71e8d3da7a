import { nameOf } from '../../../services/clickstream/domain/cell';
import type { Commit } from '../../../services/clickstream/domain/commit-plan';
import type { CountedKeys, ShardMemory } from '../../../services/clickstream/domain/shard-memory';
import type { ShardLedger } from '../../../services/clickstream/ports/clicks';
import { PermanentFault } from '../../../shared/kernel/permanent-fault';

interface ShardRows {
  checkpoint?: string;
  ancestors: readonly string[];
  keys: Map<string, CountedKeys>;
}

/** The two tables as they behave: one condition, all or nothing; a call may fail before or after its effect. */
export class MemoryLedger implements ShardLedger {
  readonly shards = new Map<string, ShardRows>();
  readonly counts = new Map<string, number>();
  readonly commits: Commit[] = [];
  /** Asked before each commit: what becomes of it. */
  fate: () => 'done' | 'lost' | 'done, answer lost' = () => 'done';
  /** A page no table takes. */
  poisonedPage: string | undefined;

  constructor(private readonly parents: Record<string, string[]> = {}) {}

  async stateOf(shardId: string) {
    const { checkpoint, ancestors } = this.of(shardId);
    return { checkpoint, ancestors };
  }

  async keysOf(shardId: string, since: number, after = ''): Promise<CountedKeys[]> {
    return [...this.of(shardId).keys]
      .filter(([checkpoint, { arrivedAt }]) => checkpoint > after && arrivedAt >= since)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, keys]) => keys);
  }

  async commit(shardId: string, memory: ShardMemory, commit: Commit): Promise<boolean> {
    const shard = this.of(shardId);
    if (commit.cells.some(({ key }) => key !== '' && key === this.poisonedPage))
      throw new PermanentFault('refused for good');
    const fate = this.fate();
    if (fate === 'lost') throw new Error('the process died before the commit');
    if (shard.checkpoint !== memory.checkpoint) return false;
    this.write(shardId, shard, commit);
    if (fate === 'done, answer lost') throw new Error('the process died after the commit');
    return true;
  }

  private write(shardId: string, shard: ShardRows, commit: Commit): void {
    if (shard.keys.has(commit.checkpoint)) throw new Error('a packed item is overwritten');
    if ((shard.checkpoint ?? '') >= commit.checkpoint) throw new Error('a checkpoint goes back');
    this.commits.push(commit);
    shard.checkpoint = commit.checkpoint;
    shard.keys.set(commit.checkpoint, { keys: commit.keys, arrivedAt: commit.arrivedAt });
    for (const cell of commit.cells) {
      for (const [what, many] of Object.entries(cell.counts)) {
        const name = `${nameOf(cell)}\n${shardId}\n${what}`;
        this.counts.set(name, (this.counts.get(name) ?? 0) + many);
      }
    }
  }

  private of(shardId: string): ShardRows {
    const found = this.shards.get(shardId) ?? { ancestors: this.parents[shardId] ?? [], keys: new Map() };
    this.shards.set(shardId, found);
    return found;
  }

  /** Over all shards and minutes. */
  sum(dimension: string, what: string, key?: string): number {
    return [...this.counts]
      .map(([name, many]) => ({ parts: name.split('\n'), many }))
      .filter(
        ({ parts }) => parts[0] === dimension && parts[4] === what && (key === undefined || parts[2] === key),
      )
      .reduce((total, { many }) => total + many, 0);
  }
}

export const silentTally = { filtered: () => undefined, count: () => undefined };
