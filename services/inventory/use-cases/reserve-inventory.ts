import type { Clock } from '../../../shared/kernel/time';
import { moved, RESERVE, type Reservation } from '../domain/reservation';
import { type Line, leavesSome, type Shortage, sameLines } from '../domain/stock';
import type { Reservations, StockLevels } from '../ports/reservations';
import { type Carried, carried, type StepAnswer, settle, stepRecord } from './settle';
import { takeStock } from './take-stock';

export interface ReserveInventory {
  orderId: string;
  attempt: number;
  /** One line a product. */
  lines: Line[];
  /** ISO time until which the stock is held. */
  holdUntil: string;
  /** The order's customer wants to be asked when a part is sold out. */
  tellShort?: boolean;
}

export type ReserveOutcome = 'RESERVED' | 'OUT_OF_STOCK' | 'PARTLY_OUT_OF_STOCK' | 'SUPERSEDED';

/** `short` comes with PARTLY_OUT_OF_STOCK: nothing is held, and the rest could be had a moment ago. */
export type Reserved = StepAnswer<ReserveOutcome> & { short?: Shortage[] };

interface Ports {
  reservations: Reservations;
  stock: StockLevels;
  clock: Clock;
}

const STEP = 'ReserveInventory';

/** An attempt never comes with other lines than the ones that are held or sold. */
function sameOrder(found: Reservation | undefined, lines: Line[]): void {
  if (found && !sameLines(found.lines, lines))
    throw new Error('The lines differ from those the order holds already');
}

const doneAt = (ports: Ports, outcome: ReserveOutcome) => stepRecord(STEP, outcome, ports.clock());

async function raise(
  ports: Ports,
  { attempt, holdUntil: expiresAt }: ReserveInventory,
  found: Reservation,
  outcome: ReserveOutcome,
): Promise<Carried<ReserveOutcome>> {
  const extended = found.state === 'HELD' ? { expiresAt } : {};
  const move = moved(found, { ...found, attempt, step: doneAt(ports, outcome), ...extended });
  return carried(await ports.reservations.save({ ...move, stock: [] }), outcome);
}

type Told = { outcome: ReserveOutcome; short?: Shortage[] } | { found: Reservation | undefined };

/**
 * Takes all, or says what is short where the order wants to know and never held anything: then nothing was charged
 * for it either, and another total is still free to choose. The row that stays lets no late step of this attempt take.
 */
async function take(ports: Ports, command: ReserveInventory, found: Reservation | undefined): Promise<Told> {
  const { orderId, attempt, lines, holdUntil: expiresAt, tellShort } = command;
  const row = (outcome: ReserveOutcome) => ({ orderId, attempt, step: doneAt(ports, outcome) });
  const taken = await takeStock(ports, orderId, {
    found,
    lines,
    outcome: 'RESERVED',
    become: (held) => ({ ...row('RESERVED'), state: 'HELD', expiresAt, lines: held }),
  });
  if (!('short' in taken)) return taken;
  const neverHeld = !found || found.short !== undefined;
  if (!tellShort || !neverHeld || !leavesSome(lines, taken.short)) return { outcome: 'OUT_OF_STOCK' };
  const outcome: ReserveOutcome = 'PARTLY_OUT_OF_STOCK';
  const move = moved(found, { ...row(outcome), state: 'RELEASED', lines: [], short: taken.short });
  const told = carried(await ports.reservations.save({ ...move, stock: [] }), outcome);
  return 'outcome' in told ? { ...told, short: taken.short } : told;
}

/** Holds the stock of an order, all lines or none; a higher attempt extends what is held already. */
export async function reserveInventory(ports: Ports, command: ReserveInventory): Promise<Reserved> {
  const { orderId, attempt, lines } = command;
  let short: Shortage[] | undefined;
  // A first attempt nearly always finds no row, so it does not look: the write itself tells when there is one.
  const first = attempt > 1 ? await ports.reservations.find(orderId) : undefined;
  const outcome = await settle<ReserveOutcome>(
    { rules: RESERVE, attempt, found: first },
    async (verdict, found) => {
      short = undefined;
      switch (verdict) {
        case 'REPEAT':
          sameOrder(found, lines);
          return { outcome: 'RESERVED' };
        case 'TELL':
          short = found?.short;
          return { outcome: 'PARTLY_OUT_OF_STOCK' };
        case 'KEEP':
          sameOrder(found, lines);
          return raise(ports, command, found as Reservation, 'RESERVED');
        case 'GONE':
          return raise(ports, command, found as Reservation, 'OUT_OF_STOCK');
        default: {
          const taken = await take(ports, command, found);
          if ('short' in taken) short = taken.short;
          return taken;
        }
      }
    },
  );
  return { outcome, step: doneAt(ports, outcome), ...(short ? { short } : {}) };
}
