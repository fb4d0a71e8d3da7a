import { orderShipped } from '../../../events/fulfilment-events';
import type { Reply } from '../../../shared/kernel/idempotency';
import { newId } from '../../../shared/kernel/ids';
import { sum, times } from '../../../shared/kernel/money';
import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import { iso } from '../../../shared/kernel/time';
import type { Order } from '../domain/order';
import type { WantedLine } from '../domain/pricing';
import { type Shipment, type Shipping, ship } from '../domain/shipment';
import {
  changeFulfilment,
  type FulfilmentCommand,
  type FulfilmentPorts,
  refuseLine,
} from './change-fulfilment';
import { eventLines, standingOf } from './fulfilment-change';
import { basicsOf, changeWith } from './order-change';

export interface ShipOrder extends FulfilmentCommand {
  staffId: string;
  carrier: string;
  trackingNumber: string;
  lines: WantedLine[];
}

type Ports = FulfilmentPorts & { answer: (shipment: Shipment, order: Order) => Reply };

const WORDS = {
  notThere: 'This product is not in the order.',
  left: (units: number) =>
    units === 0 ? 'This line is shipped already.' : `Only ${units} of it can still be shipped.`,
};

/** A parcel with some or all of what is not shipped yet leaves. */
export const shipOrder = (ports: Ports, command: ShipOrder): Promise<Reply | Refusal> =>
  changeFulfilment(ports, command, async (order, now) => {
    const { carrier, trackingNumber, lines } = command;
    const parcel = { id: newId('shp', now), carrier, trackingNumber, lines };
    const move = ship(order, parcel, iso(now));
    if (!('outcome' in move)) {
      return { change: shipped(move, command, now), reply: ports.answer(move.shipment, move.order) };
    }
    if (move.outcome !== 'NOT_SHIPPABLE') return refuseLine(move, lines, WORDS);
    return refuse('ILLEGAL_TRANSITION', `An order that is ${order.status} cannot be shipped.`);
  });

function shipped({ order, shipment }: Shipping, command: ShipOrder, at: number) {
  const { id, carrier, trackingNumber } = shipment;
  const items = eventLines(order, shipment.lines);
  const amount = sum(items.map(({ unitPrice, quantity }) => times(unitPrice, quantity)));
  const data = {
    ...basicsOf(order),
    ...standingOf(order),
    shipmentId: id,
    carrier,
    trackingNumber,
    items,
    amount,
  };
  const circumstances = { at, actor: 'staff', correlationId: command.correlationId } as const;
  return {
    ...changeWith(order, orderShipped, data, circumstances),
    shipment,
    audit: {
      actor: command.staffId,
      action: 'ship-order',

      detail: { shipmentId: id, lines: items.length },
    },
  };
}
