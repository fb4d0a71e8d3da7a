import type { Clock } from '../../../shared/kernel/time';
import { moved, RELEASE, type Reservation } from '../domain/reservation';
import { givingBack, keeping, type Line } from '../domain/stock';
import type { Reservations } from '../ports/reservations';
import { carried, type StepAnswer, settle, stepRecord } from './settle';

export interface ReleaseInventory {
  orderId: string;
  attempt: number;
  /** Of an order that was sent in part: what stays sold. */
  keep?: Line[];
}

export type ReleaseOutcome = 'RELEASED' | 'SUPERSEDED';

const STEP = 'ReleaseInventory';

/**
 * Gives back what the order held or had bought, or of that what is not to be kept. Where there is nothing, a tombstone stays, so that a late
 * ReserveInventory of this attempt or a lower one takes nothing.
 */
export async function releaseInventory(
  ports: { reservations: Reservations; clock: Clock },
  { orderId, attempt, keep }: ReleaseInventory,
): Promise<StepAnswer<ReleaseOutcome>> {
  const done = (outcome: ReleaseOutcome) => stepRecord(STEP, outcome, ports.clock());
  const closed = (found: Reservation | undefined): Omit<Reservation, 'version'> => {
    const { expired: _, short: __, ...row } = found ?? { orderId, state: 'RELEASED' as const, lines: [] };
    return { ...row, attempt, step: done('RELEASED') };
  };
  const found = await ports.reservations.find(orderId);
  const outcome = await settle<ReleaseOutcome>({ rules: RELEASE, attempt, found }, async (verdict, row) => {
    if (verdict === 'REPEAT') return { outcome: 'RELEASED' };
    if (verdict === 'CLOSE' || !row) {
      return carried(await ports.reservations.save({ ...moved(row, closed(row)), stock: [] }), 'RELEASED');
    }
    if (keep && row.state === 'COMMITTED') {
      const { kept, back } = keeping(row.lines, keep);
      const move = moved(row, { ...closed(row), state: 'COMMITTED', lines: kept });
      return carried(await ports.reservations.save({ ...move, stock: givingBack(back) }), 'RELEASED');
    }
    const state = row.state === 'COMMITTED' ? 'RESTOCKED' : 'RELEASED';
    const move = moved(row, { ...closed(row), state });
    return carried(await ports.reservations.save({ ...move, stock: givingBack(row.lines) }), 'RELEASED');
  });
  return { outcome, step: done(outcome) };
}
