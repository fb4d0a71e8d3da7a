import type { Dimension } from '../domain/cell';
import type { ClickLine, Filtered } from '../domain/click';
import type { Commit } from '../domain/commit-plan';
import type { CountedKeys, ShardMemory } from '../domain/shard-memory';
import type { Series } from '../domain/spike';
import type { Figures, Range } from '../domain/view';

export interface ClickStream {
  /** The lines of one call as one record; calls of one partition are read in order, by one reader. */
  append(partition: string, lines: readonly ClickLine[]): Promise<void>;
}

export interface ShardState {
  checkpoint: string | undefined;
  /** Undefined while the stream does not say. */
  ancestors: readonly string[] | undefined;
}

/** What each shard counted, and how far it came. */
export interface ShardLedger {
  /** As it is now. */
  stateOf(shardId: string): Promise<ShardState>;
  /** The keys of commits behind the checkpoint `after`, back to records that arrived at `since`. */
  keysOf(shardId: string, since: number, after?: string): Promise<CountedKeys[]>;
  /**
   * Counts, keys and checkpoint together, or nothing.
   * @returns false when the shard does not stand any more where this writer saw it
   * @throws PermanentFault for a commit that no try can write
   */
  commit(shardId: string, memory: ShardMemory, commit: Commit): Promise<boolean>;
}

/** A record as it came; `fault` says why it has no lines. */
export interface ArrivedRecord {
  sequence: string;
  arrivedAt: number;
  row?: readonly ClickLine[];
  fault?: string;
  park(reason: string): Promise<void>;
}

export interface Tally {
  filtered(kind: Filtered, count: number): void;
  count(
    what: 'clicksAccepted' | 'clicksCounted' | 'clicksRepeated' | 'clickRecordsParked',
    count: number,
  ): void;
}

export interface ClickFigures {
  /** Newest first, within the range and older than `before`; at most `limit`, fewer only at the end. */
  page(
    dimension: Dimension,
    range: Range,
    limit: number,
    before?: Omit<Figures, 'counts'>,
  ): Promise<Figures[]>;
}

export interface Spike {
  series: Series;
  minute: string;
  count: number;
  /** Of a minute, over the quarter of an hour before. */
  usual: number;
}

export interface SpikeAlerts {
  wasSent(series: Series, minute: string): Promise<boolean>;
  /** Tells whoever subscribed, then remembers it: twice only if the process dies between. */
  send(spike: Spike): Promise<void>;
}
