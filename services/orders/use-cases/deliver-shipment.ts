import { orderDelivered } from '../../../events/fulfilment-events';
import type { Reply } from '../../../shared/kernel/idempotency';
import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import { iso } from '../../../shared/kernel/time';
import type { Order } from '../domain/order';
import { deliver, type Shipment, type Shipping } from '../domain/shipment';
import { changeFulfilment, type FulfilmentCommand, type FulfilmentPorts } from './change-fulfilment';
import { eventLines, standingOf } from './fulfilment-change';
import { basicsOf, changeWith } from './order-change';

export interface DeliverShipment extends FulfilmentCommand {
  shipmentId: string;
  staffId: string;
}

type Ports = FulfilmentPorts & { answer: (shipment: Shipment, order: Order) => Reply };

/** A parcel has arrived. */
export const deliverShipment = (ports: Ports, command: DeliverShipment): Promise<Reply | Refusal> =>
  changeFulfilment(ports, command, async (order, now) => {
    const shipment = await ports.orders.shipment(order.id, command.shipmentId);
    if (!shipment) return refuse('NOT_FOUND', 'The order has no such shipment.');
    const move = deliver(order, shipment, iso(now));
    if ('outcome' in move) {
      return refuse('ILLEGAL_TRANSITION', 'A shipment that is DELIVERED cannot be delivered again.');
    }
    return { change: delivered(move, command, now), reply: ports.answer(move.shipment, move.order) };
  });

function delivered({ order, shipment }: Shipping, { staffId, correlationId }: DeliverShipment, at: number) {
  const items = eventLines(order, shipment.lines);
  const data = { ...basicsOf(order), ...standingOf(order), shipmentId: shipment.id, items };
  return {
    ...changeWith(order, orderDelivered, data, { at, actor: 'staff', correlationId }),
    shipment,
    audit: {
      actor: staffId,
      action: 'deliver-shipment',

      detail: { shipmentId: shipment.id },
    },
  };
}
