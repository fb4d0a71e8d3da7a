import type { StepRecord } from '../../../events/order-events';
import { iso } from '../../../shared/kernel/time';
import { type Reservation, type Rules, type Verdict, verdict } from '../domain/reservation';
import type { Saved } from '../ports/reservations';

export interface StepAnswer<Outcome extends string> {
  outcome: Outcome;
  step: StepRecord;
}

/** How a verdict was carried out: the step's outcome, or the row that was found instead of the one expected. */
export type Carried<Outcome> = { outcome: Outcome } | { found: Reservation | undefined };

/** Tries in one step while other steps of the order, or other orders for its products, get in between. */
const TRIES = 6;

export class Contended extends Error {
  override name = 'Contended';
}

export const stepRecord = (step: string, outcome: string, now: number): StepRecord => ({
  step,
  outcome,
  at: iso(now),
});

/** The outcome when the write took effect, else what stood in its way. */
export const carried = <Outcome>(saved: Saved, outcome: Outcome): Carried<Outcome> =>
  saved.saved ? { outcome } : { found: saved.found };

/**
 * Decide by the row, write on the condition that it still is so, and look again when it is not. "Condition failed" may
 * be this step's own earlier write whose answer got lost: the row tells, and then the answer is the same as it was.
 * @throws Contended when the row kept changing
 */
export async function settle<Outcome extends string>(
  { rules, attempt, found }: { rules: Rules; attempt: number; found: Reservation | undefined },
  carryOut: (
    verdict: Exclude<Verdict, 'SUPERSEDED'>,
    found: Reservation | undefined,
  ) => Promise<Carried<Outcome>>,
): Promise<Outcome | 'SUPERSEDED'> {
  let row = found;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const decided = verdict(rules, row, attempt);
    if (decided === 'SUPERSEDED') return 'SUPERSEDED';
    const result = await carryOut(decided, row);
    if ('outcome' in result) return result.outcome;
    row = result.found;
  }
  throw new Contended(`The reservation changed ${TRIES} times while one step looked at it`);
}
