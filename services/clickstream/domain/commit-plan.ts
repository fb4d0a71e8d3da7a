import { addCell, type Cell, cellsOf, nameOf } from './cell';
import type { ClickLine } from './click';

/** A transaction has 100 items: these, the checkpoint, the packed keys. */
export const MAX_UPDATES = 98;

/** 160 KB of the 400 that an item may have. */
export const MAX_KEYS = 20_000;

/** A record of the stream: one call of a client; without lines where it made no sense. */
export interface StreamRecord {
  sequence: string;
  arrivedAt: number;
  lines: readonly ClickLine[];
}

/** What is written together, or not at all. */
export interface Commit {
  cells: Cell[];
  /** The keys of the clicks it counts. */
  keys: string[];
  /** Where the shard stands afterwards. */
  checkpoint: string;
  arrivedAt: number;
  /** Clicks that had been counted before. */
  repeated: number;
}

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_Record.html: up to 129 digits; as text they sort as numbers do. */
const DIGITS = 129;
const padded = (sequence: string): string => sequence.padStart(DIGITS, '0');

/** `~` sorts behind every digit: the whole record is counted. */
export const behind = (sequence: string): string => `${padded(sequence)}#~`;
const within = (sequence: string, lines: number): string =>
  `${padded(sequence)}#${String(lines).padStart(6, '0')}`;

export const isDone = (sequence: string, checkpoint: string | undefined): boolean =>
  checkpoint !== undefined && behind(sequence) <= checkpoint;

class Draft {
  readonly cells = new Map<string, Cell>();
  readonly keys = new Set<string>();
  repeated = 0;
  private end: { checkpoint: string; arrivedAt: number } | undefined;

  takes(lines: readonly ClickLine[]): boolean {
    const more = new Set(lines.flatMap(cellsOf).map(nameOf));
    const fresh = [...more].filter((name) => !this.cells.has(name)).length;
    return this.cells.size + fresh <= MAX_UPDATES && this.keys.size + lines.length <= MAX_KEYS;
  }

  add(lines: readonly ClickLine[]): void {
    for (const line of lines) {
      this.keys.add(line.key);
      for (const cell of cellsOf(line)) addCell(this.cells, cell);
    }
  }

  reach(checkpoint: string, arrivedAt: number): void {
    this.end = { checkpoint, arrivedAt };
  }

  commit(): Commit[] {
    if (!this.end) return [];
    return [{ cells: [...this.cells.values()], keys: [...this.keys], repeated: this.repeated, ...this.end }];
  }
}

/** Lines of a record that no one has counted, each key once; `seen` learns them. */
function freshOf(
  lines: readonly ClickLine[],
  counted: (key: string) => boolean,
  seen: Set<string>,
): ClickLine[] {
  return lines.filter(({ key }) => {
    if (counted(key) || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

class Plan {
  readonly commits: Commit[] = [];
  private draft = new Draft();

  add({ sequence, arrivedAt, lines }: StreamRecord, fresh: readonly ClickLine[]): void {
    if (!this.draft.takes(fresh)) this.cut();
    if (this.draft.takes(fresh)) this.draft.add(fresh);
    else this.addInPieces({ sequence, arrivedAt, lines }, new Set(fresh));
    this.draft.repeated += lines.length - fresh.length;
    this.draft.reach(behind(sequence), arrivedAt);
  }

  /** The place in the record only ever grows, also where an earlier try counted its beginning: checkpoints sort. */
  private addInPieces({ sequence, arrivedAt, lines }: StreamRecord, fresh: ReadonlySet<ClickLine>): void {
    for (const [index, line] of lines.entries()) {
      if (!fresh.has(line)) continue;
      if (!this.draft.takes([line])) {
        this.draft.reach(within(sequence, index), arrivedAt);
        this.cut();
      }
      this.draft.add([line]);
    }
  }

  cut(): void {
    this.commits.push(...this.draft.commit());
    this.draft = new Draft();
  }
}

/**
 * The commits that count a batch, in order: as a rule one. It is cut at the boundary of a record where the next one
 * would not fit; a record that would not fit alone (500 events of 500 pages) is cut within, and its checkpoint says
 * how far it came: the keys, committed with the counts, make that as exact as a whole record.
 */
export function planCommits(
  records: readonly StreamRecord[],
  counted: (key: string) => boolean = () => false,
): Commit[] {
  const plan = new Plan();
  const seen = new Set<string>();
  for (const record of records) plan.add(record, freshOf(record.lines, counted, seen));
  plan.cut();
  return plan.commits;
}
