import { dynamodb } from '../../../shared/aws/dynamodb';
import { IdempotencyTable } from '../../../shared/aws/idempotency-table';
import { environment, text } from '../../../shared/lambda/environment';
import { DynamodbFulfilment } from './dynamodb-fulfilment';
import { DynamodbOrders } from './dynamodb-orders';

const TABLES = {
  ORDERS_TABLE: text,
  ORDER_EVENTS_TABLE: text,
  IDEMPOTENCY_TABLE: text,
  AUDIT_LOG_TABLE: text,
};

/** What a change by staff is written with: the order, its event, the reply and the audit log in one transaction. */
export function staffPorts() {
  const env = environment(TABLES);
  const replies = new IdempotencyTable(dynamodb, env.IDEMPOTENCY_TABLE);
  const tables = { orders: env.ORDERS_TABLE, events: env.ORDER_EVENTS_TABLE, audit: env.AUDIT_LOG_TABLE };
  return { replies, orders: new DynamodbOrders(dynamodb, tables, replies), clock: Date.now };
}

/** The same, with the parcels and returns of the order. */
export function staffFulfilmentPorts() {
  const env = environment({ ...TABLES, FULFILMENT_TABLE: text });
  const replies = new IdempotencyTable(dynamodb, env.IDEMPOTENCY_TABLE);
  const tables = {
    orders: env.ORDERS_TABLE,
    events: env.ORDER_EVENTS_TABLE,
    fulfilment: env.FULFILMENT_TABLE,
    audit: env.AUDIT_LOG_TABLE,
  };
  return { replies, orders: new DynamodbFulfilment(dynamodb, tables, replies), clock: Date.now };
}
