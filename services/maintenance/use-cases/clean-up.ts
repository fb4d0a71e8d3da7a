import type { Cleaner } from '../ports/cleaner';
import type { Run, Runs } from '../ports/runs';

interface Count {
  seen: number;
  removed: number;
}

export interface CleanedUp {
  /**
   * DONE_IN_PART: some functions failed. BUSY: another run has it. TAKEN: another run took over. PAUSED: time was up; the
   * next run goes on.
   */
  outcome: 'DONE' | 'DONE_IN_PART' | 'BUSY' | 'TAKEN' | 'PAUSED';
  dryRun: boolean;
  counts: Record<string, Count>;
  /** Whose function failed; the others were done, and the next run begins with these anew. */
  failed: string[];
}

interface Progress {
  /** The cleaners that are done, and the page of the one that is not. */
  done: string[];
  at?: { name: string; cursor: string };
  counts: CleanedUp['counts'];
  failed: string[];
}

interface Ports {
  cleaners: readonly Cleaner[];
  runs: Runs;
  hasTime: () => boolean;
  /** Why a service's function failed. */
  tell: (name: string, error: unknown) => void;
}

const nothingYet = (): Progress => ({ done: [], counts: {}, failed: [] });

const plus = (count: Count | undefined, { seen, removed }: Count): Count => ({
  seen: (count?.seen ?? 0) + seen,
  removed: (count?.removed ?? 0) + removed,
});

type Keep = (progress: Progress) => Promise<'GO_ON' | 'TAKEN' | 'PAUSED'>;

async function pages(cleaner: Cleaner, from: Progress, dryRun: boolean, keep: Keep) {
  const { name } = cleaner;
  let progress = from;
  let cursor = progress.at?.name === name ? progress.at.cursor : undefined;
  for (;;) {
    const page = await cleaner.page({ cursor, dryRun });
    cursor = page.cursor;
    progress = {
      ...progress,
      counts: { ...progress.counts, [name]: plus(progress.counts[name], page) },
      at: cursor === undefined ? undefined : { name, cursor },
      done: cursor === undefined ? [...progress.done, name] : progress.done,
    };
    const may = await keep(progress);
    if (may !== 'GO_ON' || cursor === undefined) return { progress, may };
  }
}

async function allCleaners(ports: Ports, from: Progress, dryRun: boolean, keep: Keep) {
  const { cleaners, tell } = ports;
  let progress = from;
  for (const cleaner of cleaners.filter(({ name }) => !from.done.includes(name))) {
    try {
      const done = await pages(cleaner, progress, dryRun, keep);
      progress = done.progress;
      if (done.may !== 'GO_ON') return { progress, outcome: done.may };
    } catch (error) {
      tell(cleaner.name, error);
      progress = { ...progress, failed: [...progress.failed, cleaner.name], at: undefined };
    }
  }
  return { progress, outcome: progress.failed.length > 0 ? ('DONE_IN_PART' as const) : ('DONE' as const) };
}

/** Every service's own cleanup in turn. A dry run asks the same and keeps nothing, so it needs no lease. */
export async function cleanUp(ports: Ports, { dryRun }: { dryRun: boolean }): Promise<CleanedUp> {
  const { runs, hasTime } = ports;
  const answer = (outcome: CleanedUp['outcome'], { counts, failed }: Progress): CleanedUp => ({
    outcome,
    dryRun,
    counts,
    failed,
  });
  if (dryRun) {
    const look = await allCleaners(ports, nothingYet(), true, async () => (hasTime() ? 'GO_ON' : 'PAUSED'));
    return answer(look.outcome, look.progress);
  }
  const run = await runs.take<Progress>('clean-up');
  if (!run) return answer('BUSY', nothingYet());
  const from = { ...(run.state ?? nothingYet()), failed: [] };
  const { progress, outcome } = await allCleaners(ports, from, false, keeping(run, hasTime));
  if (outcome === 'DONE' || outcome === 'DONE_IN_PART') await run.end();
  if (outcome === 'PAUSED') await run.pause();
  return answer(outcome, progress);
}

const keeping =
  (run: Run<Progress>, hasTime: () => boolean): Keep =>
  async (progress) => {
    if (!(await run.keep(progress))) return 'TAKEN';
    return hasTime() ? 'GO_ON' : 'PAUSED';
  };
