import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { invocation } from '../../../shared/lambda/invocation';
import { step } from '../../../shared/lambda/step';
import { DynamoDbReservations } from '../adapters/dynamodb-reservations';
import { DynamoDbStockLevels } from '../adapters/dynamodb-stock';
import { reserveInput } from '../api';
import { reserveInventory } from '../use-cases/reserve-inventory';

const env = environment({ PRODUCTS_TABLE: text, STOCK_TABLE: text, RESERVATIONS_TABLE: text });
const ports = {
  reservations: new DynamoDbReservations(dynamodb, {
    reservations: env.RESERVATIONS_TABLE,
    stock: env.STOCK_TABLE,
  }),
  stock: new DynamoDbStockLevels(dynamodb, { products: env.PRODUCTS_TABLE, stock: env.STOCK_TABLE }),
  clock: Date.now,
};

export const handler = step(reserveInput, async (input) => {
  const answer = await reserveInventory(ports, input);
  if (answer.outcome === 'OUT_OF_STOCK') invocation().metrics.add('outOfStock');
  return answer;
});
