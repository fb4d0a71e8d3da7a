import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { schedule } from '../../../shared/lambda/schedule';
import { DynamodbOpenOrders } from '../adapters/dynamodb-open-orders';
import { cleanUpOrdersInput } from '../api/maintenance';
import { cleanUpOrders } from '../use-cases/clean-up-orders';

const env = environment({ ORDERS_TABLE: text, ORDER_EVENTS_TABLE: text });

const ports = {
  orders: new DynamodbOpenOrders(dynamodb, { orders: env.ORDERS_TABLE, events: env.ORDER_EVENTS_TABLE }),
  clock: Date.now,
};

/** The longest wait that is meant, for staff or a customer to decide, is a day. */
const ABANDONED_AFTER_DAYS = 3;

export const handler = schedule(cleanUpOrdersInput, ({ olderThanDays = ABANDONED_AFTER_DAYS, ...page }) =>
  cleanUpOrders(ports, { ...page, olderThanDays }),
);
