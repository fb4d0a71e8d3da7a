import { PermanentFault } from '../../../shared/kernel/permanent-fault';
import { MINUTE } from '../../../shared/kernel/time';
import { isDone, planCommits } from '../domain/commit-plan';
import { ShardMemory, WINDOW } from '../domain/shard-memory';
import type { ArrivedRecord, ShardLedger, Tally } from '../ports/clicks';

export interface CountingPorts {
  ledger: ShardLedger;
  tally: Tally;
  /** What this environment knows already, by shard. */
  memories: Map<string, ShardMemory>;
  /** Records that this environment parked: their batch comes again where its counts could not be written. */
  parked: Set<string>;
}

/** Somebody else counted of this shard meanwhile: what this writer knew is old. */
class Overtaken extends Error {
  override name = 'Overtaken';
}

const TRIES = 3;

const MOST_PARKED = 1000;

/** Records of one moment may come a little out of order: what is kept reaches back a minute further than is asked. */
const SLACK = MINUTE;

/** What this environment knows of the shard, brought up to where the shard stands. */
async function recall(
  { ledger, memories }: CountingPorts,
  shardId: string,
  since: number,
): Promise<ShardMemory> {
  const { checkpoint, ancestors } = await ledger.stateOf(shardId);
  const kept = memories.get(shardId);
  if (kept?.ancestors && kept.since <= since) {
    if (kept.checkpoint !== checkpoint)
      kept.learn(await ledger.keysOf(shardId, since, kept.checkpoint), checkpoint);
    kept.forget(since - SLACK);
    return kept;
  }
  const from = since - SLACK;
  const memory = new ShardMemory(ancestors, from, checkpoint);
  const found = await Promise.all([...(ancestors ?? []), shardId].map((id) => ledger.keysOf(id, from)));
  memory.learn(found.flat(), checkpoint);
  memories.set(shardId, memory);
  return memory;
}

async function commitAll(
  ports: CountingPorts,
  shardId: string,
  memory: ShardMemory,
  records: readonly ArrivedRecord[],
): Promise<void> {
  const due = records.filter(({ sequence }) => !isDone(sequence, memory.checkpoint));
  for (const record of due) if (record.fault !== undefined) await park(ports, shardId, record, record.fault);
  const plan = planCommits(
    due.map(({ sequence, arrivedAt, row = [] }) => ({ sequence, arrivedAt, lines: row })),
    memory.has,
  );
  for (const commit of plan) {
    if (!(await ports.ledger.commit(shardId, memory, commit))) throw new Overtaken();
    memory.advance(commit);
    ports.tally.count('clicksCounted', commit.keys.length);
    ports.tally.count('clicksRepeated', commit.repeated);
  }
}

async function park(
  { tally, parked }: CountingPorts,
  shardId: string,
  record: ArrivedRecord,
  reason: string,
): Promise<void> {
  const id = `${shardId}:${record.sequence}`;
  if (parked.has(id)) return;
  await record.park(reason);
  if (parked.size >= MOST_PARKED) parked.clear();
  parked.add(id);
  tally.count('clickRecordsParked', 1);
}

/** A commit that cannot be written is taken apart until the record is found that it is because of. */
async function commitOrPark(
  ports: CountingPorts,
  shardId: string,
  memory: ShardMemory,
  records: readonly ArrivedRecord[],
): Promise<void> {
  try {
    await commitAll(ports, shardId, memory, records);
  } catch (error) {
    if (!(error instanceof PermanentFault)) throw error;
    const [first, ...others] = records.filter(({ sequence }) => !isDone(sequence, memory.checkpoint));
    if (!first) throw error;
    if (others.length > 0) {
      for (const record of [first, ...others]) await commitOrPark(ports, shardId, memory, [record]);
      return;
    }
    if (first.row === undefined) throw error;
    await park(ports, shardId, first, error.message);
    await commitAll(ports, shardId, memory, [{ ...first, row: [] }]);
  }
}

/**
 * Counts a batch of one shard, each click once: whatever was counted is known by its key, and counts, keys and the
 * shard's checkpoint are one write. @throws when the rest of the batch has to come again
 */
export async function countClicks(
  ports: CountingPorts,
  { shardId, records }: { shardId: string; records: readonly ArrivedRecord[] },
): Promise<void> {
  const since = Math.min(...records.map(({ arrivedAt }) => arrivedAt)) - WINDOW;
  for (let tries = 1; ; tries += 1) {
    const memory = await recall(ports, shardId, since);
    try {
      await commitOrPark(ports, shardId, memory, records);
      return;
    } catch (error) {
      // The next look is at what is written, not at what this environment believes.
      ports.memories.delete(shardId);
      if (!(error instanceof Overtaken) || tries === TRIES) throw error;
    }
  }
}
