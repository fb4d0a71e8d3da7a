import { http, json } from '../../../shared/lambda/http';
import { annotate, invocation } from '../../../shared/lambda/invocation';
import { staffFulfilmentPorts } from '../adapters/staff-ports';
import { deliverShipmentRoute, shipmentView, versionTag } from '../api/fulfilment';
import { deliverShipment } from '../use-cases/deliver-shipment';

const ports = {
  ...staffFulfilmentPorts(),
  answer: (one: Parameters<typeof shipmentView>[0], order: { version: number }) =>
    json(200, shipmentView(one), versionTag(order)),
};

export const handler = http(deliverShipmentRoute, ({ caller, path, body, idempotency, ifMatch }) => {
  annotate({ orderId: path.id });
  return deliverShipment(ports, {
    ...body,
    orderId: path.id,
    shipmentId: path.shipmentId,
    staffId: caller.id,
    correlationId: invocation().correlationId,
    request: idempotency,
    ifMatch,
  });
});
