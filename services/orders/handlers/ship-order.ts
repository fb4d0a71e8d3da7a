import { http, json } from '../../../shared/lambda/http';
import { annotate, invocation } from '../../../shared/lambda/invocation';
import { staffFulfilmentPorts } from '../adapters/staff-ports';
import { shipmentView, shipOrderRoute, versionTag } from '../api/fulfilment';
import { shipOrder } from '../use-cases/ship-order';

const ports = {
  ...staffFulfilmentPorts(),
  answer: (one: Parameters<typeof shipmentView>[0], order: { version: number }) =>
    json(201, shipmentView(one), versionTag(order)),
};

export const handler = http(shipOrderRoute, ({ caller, path, body, idempotency, ifMatch }) => {
  annotate({ orderId: path.id });
  return shipOrder(ports, {
    ...body,
    orderId: path.id,
    staffId: caller.id,
    correlationId: invocation().correlationId,
    request: idempotency,
    ifMatch,
  });
});
