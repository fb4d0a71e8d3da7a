import type { Clock } from '../../../shared/kernel/time';
import type { Parcel, Shop } from '../ports/webhooks';

/** A shop that has no worker free for a moment is not left to the queue's next minute. */
const PAUSES = [250, 1000];

interface Ports {
  shop: Shop;
  clock: Clock;
  wait: (milliseconds: number) => Promise<void>;
}

/** @throws Error of the last try when the shop took it at none: the message comes again. */
export async function tellShop({ shop, clock, wait }: Ports, parcel: Parcel): Promise<void> {
  for (const pause of PAUSES) {
    try {
      return await shop.tell(parcel, clock());
    } catch {
      await wait(pause);
    }
  }
  return shop.tell(parcel, clock());
}
