import { http, json } from '../../../shared/lambda/http';
import { annotate, invocation } from '../../../shared/lambda/invocation';
import { staffFulfilmentPorts } from '../adapters/staff-ports';
import { receiveReturnRoute, returnView, versionTag } from '../api/fulfilment';
import { receiveReturn } from '../use-cases/receive-return';

const ports = {
  ...staffFulfilmentPorts(),
  answer: (one: Parameters<typeof returnView>[0], order: { version: number }) =>
    json(200, returnView(one), versionTag(order)),
};

export const handler = http(receiveReturnRoute, ({ caller, path, body, idempotency, ifMatch }) => {
  annotate({ orderId: path.id });
  return receiveReturn(ports, {
    ...body,
    orderId: path.id,
    returnId: path.returnId,
    staffId: caller.id,
    correlationId: invocation().correlationId,
    request: idempotency,
    ifMatch,
  });
});
