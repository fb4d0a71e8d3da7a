import type { Clock } from '../../../shared/kernel/time';
import { moved, RESERVE, type Reservation } from '../domain/reservation';
import { type Line, sameLines } from '../domain/stock';
import type { Reservations, StockLevels } from '../ports/reservations';
import { carried, type StepAnswer, settle, stepRecord } from './settle';
import { takeStock } from './take-stock';

export interface ReserveInventory {
  orderId: string;
  attempt: number;
  /** One line a product. */
  lines: Line[];
  /** ISO time until which the stock is held. */
  holdUntil: string;
}

export type ReserveOutcome = 'RESERVED' | 'OUT_OF_STOCK' | 'SUPERSEDED';

const STEP = 'ReserveInventory';

/** An attempt never comes with other lines than the ones that are held or sold. */
function sameOrder(found: Reservation | undefined, lines: Line[]): void {
  if (found && !sameLines(found.lines, lines))
    throw new Error('The lines differ from those the order holds already');
}

/** Holds the stock of an order, all lines or none; a higher attempt extends what is held already. */
export async function reserveInventory(
  ports: { reservations: Reservations; stock: StockLevels; clock: Clock },
  { orderId, attempt, lines, holdUntil: expiresAt }: ReserveInventory,
): Promise<StepAnswer<ReserveOutcome>> {
  const done = (outcome: ReserveOutcome) => stepRecord(STEP, outcome, ports.clock());
  const raise = (found: Reservation, outcome: ReserveOutcome) =>
    ports.reservations.save({
      ...moved(found, {
        ...found,
        attempt,
        step: done(outcome),
        ...(found.state === 'HELD' ? { expiresAt } : {}),
      }),
      stock: [],
    });
  // A first attempt nearly always finds no row, so it does not look: the write itself tells when there is one.
  const first = attempt > 1 ? await ports.reservations.find(orderId) : undefined;
  const outcome = await settle<ReserveOutcome>(
    { rules: RESERVE, attempt, found: first },
    async (verdict, found) => {
      switch (verdict) {
        case 'REPEAT':
          sameOrder(found, lines);
          return { outcome: 'RESERVED' };
        case 'KEEP':
          sameOrder(found, lines);
          return carried(await raise(found as Reservation, 'RESERVED'), 'RESERVED');
        case 'GONE':
          return carried(await raise(found as Reservation, 'OUT_OF_STOCK'), 'OUT_OF_STOCK');
        default:
          return takeStock(ports, orderId, {
            found,
            lines,
            outcome: 'RESERVED',
            become: (taken) => ({
              orderId,
              state: 'HELD',
              attempt,
              expiresAt,
              lines: taken,
              step: done('RESERVED'),
            }),
          });
      }
    },
  );
  return { outcome, step: done(outcome) };
}
