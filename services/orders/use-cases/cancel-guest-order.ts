import type { Reply } from '../../../shared/kernel/idempotency';
import { isRefusal, type Refusal } from '../../../shared/kernel/refusal';
import type { GuestLinks } from '../ports/guests';
import { type CancellingPorts, type CancelOrder, cancelOrder } from './cancel-order';
import { findGuestOrder } from './find-guest-order';

type CancelGuestOrder = Omit<CancelOrder, 'customerId'> & { token?: string };

/** What a customer does by being signed in, a guest does by the link. */
export async function cancelGuestOrder(
  ports: CancellingPorts & { links: GuestLinks },
  { token, ...command }: CancelGuestOrder,
): Promise<Reply | Refusal> {
  const order = await findGuestOrder(ports, { orderId: command.orderId, token });
  return isRefusal(order) ? order : cancelOrder(ports, { ...command, customerId: order.customerId });
}
