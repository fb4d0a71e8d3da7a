import type { Reply } from '../../../shared/kernel/idempotency';
import type { Refusal } from '../../../shared/kernel/refusal';
import { guestCaller, newGuestId } from '../domain/guest';
import type { HidesEmails } from '../ports/guests';
import { type PlaceOrder, type PlacingPorts, placeOrder } from './place-order';

type PlaceGuestOrder = Omit<PlaceOrder, 'customerId' | 'caller' | 'emailHash' | 'contact'> & {
  contact: { email: string; phone?: string };
};

/** An order like any other, whose customer is known by it alone; a later account finds it by the e-mail's hash. */
export async function placeGuestOrder(
  ports: PlacingPorts & { emails: HidesEmails },
  command: PlaceGuestOrder,
): Promise<Reply | Refusal> {
  const { email } = command.contact;
  return placeOrder(ports, {
    ...command,
    customerId: newGuestId(ports.clock()),
    caller: guestCaller(email),
    emailHash: await ports.emails.hashOf(email),
  });
}
