import { dynamodb } from '../../../shared/aws/dynamodb';
import { isRefusal } from '../../../shared/kernel/refusal';
import { environment, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { DynamoDbDeliveries } from '../adapters/dynamodb-deliveries';
import { DynamoDbEndpoints } from '../adapters/dynamodb-endpoints';
import { DELIVERY_POSITION, deliveryView, listDeliveriesRoute } from '../api';
import { listDeliveries } from '../use-cases/list-deliveries';

const env = environment({ WEBHOOK_ENDPOINTS_TABLE: text, WEBHOOK_DELIVERIES_TABLE: text });

const ports = {
  endpoints: new DynamoDbEndpoints(dynamodb, { endpoints: env.WEBHOOK_ENDPOINTS_TABLE }),
  deliveries: new DynamoDbDeliveries(dynamodb, { deliveries: env.WEBHOOK_DELIVERIES_TABLE }),
  position: DELIVERY_POSITION,
};

export const handler = http(listDeliveriesRoute, async ({ path, query }) => {
  const found = await listDeliveries(ports, path.id, query);
  if (isRefusal(found)) return found;
  return json(200, { items: found.deliveries.map(deliveryView), nextCursor: found.nextCursor });
});
