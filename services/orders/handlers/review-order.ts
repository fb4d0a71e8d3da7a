import { http, json } from '../../../shared/lambda/http';
import { annotate, invocation } from '../../../shared/lambda/invocation';
import { staffPorts } from '../adapters/staff-ports';
import { reviewOrderRoute } from '../api/holds';
import { type Order, orderView } from '../api/views';
import { reviewOrder } from '../use-cases/review-order';

const ports = {
  ...staffPorts(),
  answer: (order: Order) => json(202, orderView(order)),
};

export const handler = http(reviewOrderRoute, ({ caller, path, body, idempotency, ifMatch }) => {
  annotate({ orderId: path.id });
  return reviewOrder(ports, {
    ...body,
    orderId: path.id,
    staffId: caller.id,
    ifMatch,
    correlationId: invocation().correlationId,
    request: idempotency,
  });
});
