import { parkIn } from '../../../shared/aws/dead-letters';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { sns } from '../../../shared/aws/sns';
import { environment, integer, text } from '../../../shared/lambda/environment';
import { invocation } from '../../../shared/lambda/invocation';
import { stream } from '../../../shared/lambda/stream';
import { DynamoDbProducts } from '../adapters/dynamodb-products';
import { DynamoDbStockLevels } from '../adapters/dynamodb-stock';
import { DynamoDbWatches, readStockImage } from '../adapters/dynamodb-watches';
import { SnsStockAlerts } from '../adapters/sns-stock-alerts';
import { watchStock } from '../use-cases/watch-stock';

const env = environment({
  PRODUCTS_TABLE: text,
  STOCK_TABLE: text,
  LOW_STOCK_BELOW: integer,
  TOPIC_ARN: text,
  DEAD_LETTER_QUEUE: text,
});
const ports = {
  products: new DynamoDbProducts(dynamodb, env.PRODUCTS_TABLE),
  stockRoom: new DynamoDbStockLevels(dynamodb, { products: env.PRODUCTS_TABLE, stock: env.STOCK_TABLE }),
  watches: new DynamoDbWatches(dynamodb, env.STOCK_TABLE),
  alerts: new SnsStockAlerts(sns, env.TOPIC_ARN),
  clock: Date.now,
};

export const handler = stream({ parse: readStockImage, park: parkIn(env.DEAD_LETTER_QUEUE) }, (moves) =>
  watchStock(ports, { lowStockBelow: env.LOW_STOCK_BELOW, correlationId: invocation().correlationId }, moves),
);
