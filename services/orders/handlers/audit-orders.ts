import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { schedule } from '../../../shared/lambda/schedule';
import { DynamodbOrderAudit } from '../adapters/dynamodb-order-audit';
import { DynamodbOrderHistory } from '../adapters/dynamodb-order-history';
import { auditOrdersInput } from '../api/maintenance';
import { auditOrders } from '../use-cases/audit-orders';

const env = environment({ ORDERS_TABLE: text, ORDER_EVENTS_TABLE: text });

const ports = {
  orders: new DynamodbOrderAudit(dynamodb, { orders: env.ORDERS_TABLE, events: env.ORDER_EVENTS_TABLE }),
  history: new DynamodbOrderHistory(dynamodb, env.ORDER_EVENTS_TABLE),
};

export const handler = schedule(auditOrdersInput, (input) => auditOrders(ports, input));
