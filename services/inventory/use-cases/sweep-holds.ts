import { type Clock, iso } from '../../../shared/kernel/time';
import { moved } from '../domain/reservation';
import { givingBack } from '../domain/stock';
import type { Reservations } from '../ports/reservations';
import { stepRecord } from './settle';

export interface Swept {
  released: number;
  /** Found expired, but committed, extended or released by somebody else meanwhile. */
  left: number;
  /** The bound was reached: the next run takes up the rest. */
  more: boolean;
  /** Why some could not be released now; those behind them were. */
  faults: Error[];
}

/** Asked of each part of the index at a time. */
const PAGE = 25;

async function releaseExpired(
  { reservations, clock }: { reservations: Reservations; clock: Clock },
  orderId: string,
): Promise<boolean> {
  const now = clock();
  const row = await reservations.find(orderId);
  if (row?.state !== 'HELD' || (row.expiresAt ?? '') >= iso(now)) return false;
  const step = stepRecord('SweepHolds', 'RELEASED', now);
  const move = moved(row, { ...row, state: 'RELEASED', expired: true, step });
  return (await reservations.save({ ...move, stock: givingBack(row.lines) })).saved;
}

/** Releases what is HELD and ran out, and nothing else: at most `atMost` holds a run. */
export async function sweepHolds(
  ports: { reservations: Reservations; clock: Clock },
  { atMost }: { atMost: number },
): Promise<Swept> {
  const seen = new Set<string>();
  const faults: Error[] = [];
  let released = 0;
  for (;;) {
    // What failed stays first in the index, so each fault makes room for one hold behind it.
    const page = await ports.reservations.expired(iso(ports.clock()), PAGE + faults.length);
    // The index may still show what this run released: what was seen once is not looked at again.
    const fresh = page.filter((orderId) => !seen.has(orderId)).slice(0, atMost - seen.size);
    if (fresh.length === 0) {
      const left = seen.size - released - faults.length;
      return { released, left, more: page.some((id) => !seen.has(id)), faults };
    }
    for (const orderId of fresh) {
      seen.add(orderId);
      try {
        if (await releaseExpired(ports, orderId)) released += 1;
      } catch (error) {
        faults.push(new Error(`The hold of order ${orderId} was not released`, { cause: error }));
      }
    }
  }
}
