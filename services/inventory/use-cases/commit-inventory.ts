import type { Clock } from '../../../shared/kernel/time';
import { COMMIT, moved, type Reservation } from '../domain/reservation';
import type { Reservations, StockLevels } from '../ports/reservations';
import { type Carried, carried, type StepAnswer, settle, stepRecord } from './settle';
import { takeStock } from './take-stock';

export interface CommitInventory {
  orderId: string;
  attempt: number;
}

export type CommitOutcome = 'COMMITTED' | 'OUT_OF_STOCK' | 'SUPERSEDED';

const STEP = 'CommitInventory';

/**
 * What was held is sold. A hold that ran out meanwhile is taken again, if there still is enough. OUT_OF_STOCK also
 * answers for an order that never held anything.
 */
export async function commitInventory(
  ports: { reservations: Reservations; stock: StockLevels; clock: Clock },
  { orderId, attempt }: CommitInventory,
): Promise<StepAnswer<CommitOutcome>> {
  const done = (outcome: CommitOutcome) => stepRecord(STEP, outcome, ports.clock());
  const carryOut = async (verdict: string, found: Reservation): Promise<Carried<CommitOutcome>> => {
    const { expired: _, ...row } = { ...found, attempt };
    switch (verdict) {
      case 'REPEAT':
        return { outcome: 'COMMITTED' };
      case 'COMMIT':
      case 'KEEP':
      case 'GONE': {
        const outcome = verdict === 'GONE' ? 'OUT_OF_STOCK' : 'COMMITTED';
        const state = verdict === 'COMMIT' ? 'COMMITTED' : found.state;
        const to = { ...row, state, step: done(outcome) };
        return carried(await ports.reservations.save({ ...moved(found, to), stock: [] }), outcome);
      }
      default:
        return takeStock(ports, orderId, {
          found,
          lines: found.lines,
          outcome: 'COMMITTED',
          become: (lines) => ({ ...row, state: 'COMMITTED', lines, step: done('COMMITTED') }),
        });
    }
  };

  const first = await ports.reservations.commitHeld({ orderId, attempt, step: done('COMMITTED') });
  if (first.saved) return { outcome: 'COMMITTED', step: done('COMMITTED') };
  const outcome = await settle<CommitOutcome>(
    { rules: COMMIT, attempt, found: first.found },
    async (verdict, found) => {
      // A tombstone has no lines: whoever wrote it never knew them.
      return found?.lines.length ? carryOut(verdict, found) : { outcome: 'OUT_OF_STOCK' };
    },
  );
  return { outcome, step: done(outcome) };
}
