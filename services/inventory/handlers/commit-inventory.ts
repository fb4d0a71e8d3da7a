import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { step } from '../../../shared/lambda/step';
import { DynamoDbReservations } from '../adapters/dynamodb-reservations';
import { DynamoDbStockLevels } from '../adapters/dynamodb-stock';
import { stepInput } from '../api';
import { commitInventory } from '../use-cases/commit-inventory';

const env = environment({ PRODUCTS_TABLE: text, STOCK_TABLE: text, RESERVATIONS_TABLE: text });
const ports = {
  reservations: new DynamoDbReservations(dynamodb, {
    reservations: env.RESERVATIONS_TABLE,
    stock: env.STOCK_TABLE,
  }),
  stock: new DynamoDbStockLevels(dynamodb, { products: env.PRODUCTS_TABLE, stock: env.STOCK_TABLE }),
  clock: Date.now,
};

export const handler = step(stepInput, (input) => commitInventory(ports, input));
