import { type Clock, iso } from '../../../shared/kernel/time';
import { isErased, isOpen } from '../domain/person';
import type { ErasesOrders } from '../ports/person';

export interface Erased {
  erased: number;
  /** Left as they are: they have not come to their end. */
  open: string[];
}

/** How often another writer may win before the page comes again. */
const TRIES = 5;

type Ports = { orders: ErasesOrders; clock: Clock };

/** Takes the person out of these orders; done twice it changes nothing. @throws Error when an order keeps changing. */
export async function erasePersonOrders(ports: Ports, orderIds: string[]): Promise<Erased> {
  const outcomes = await Promise.all(orderIds.map((id) => eraseOne(ports, id)));
  return {
    erased: outcomes.filter((outcome) => outcome === 'ERASED').length,
    open: orderIds.filter((_, index) => outcomes[index] === 'OPEN'),
  };
}

async function eraseOne({ orders, clock }: Ports, id: string): Promise<'ERASED' | 'OPEN' | 'GONE'> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const order = await orders.get(id);
    if (!order) return 'GONE';
    if (isOpen(order)) return 'OPEN';
    // The returns first: an order that counts as erased has none left to look at.
    await orders.eraseReturns(id);
    if (isErased(order) || (await orders.eraseOrder(order, iso(clock())))) return 'ERASED';
  }
  throw new Error('The order keeps changing');
}
