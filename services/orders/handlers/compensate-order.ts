import { http, json } from '../../../shared/lambda/http';
import { annotate, invocation } from '../../../shared/lambda/invocation';
import { staffPorts } from '../adapters/staff-ports';
import { compensateOrderRoute } from '../api/operating';
import { type Order, orderView } from '../api/views';
import { compensateOrder } from '../use-cases/operate-order';

const ports = {
  ...staffPorts(),
  answer: (order: Order) => json(202, orderView(order)),
};

export const handler = http(compensateOrderRoute, ({ caller, path, idempotency, ifMatch }) => {
  annotate({ orderId: path.id });
  return compensateOrder(ports, {
    orderId: path.id,
    staffId: caller.id,
    ifMatch,
    correlationId: invocation().correlationId,
    request: idempotency,
  });
});
