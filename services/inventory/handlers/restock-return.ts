import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { step } from '../../../shared/lambda/step';
import { DynamoDbRestocks } from '../adapters/dynamodb-restocks';
import { DynamoDbStockLevels } from '../adapters/dynamodb-stock';
import { restockInput } from '../api';
import { restockReturn } from '../use-cases/restock-return';

const env = environment({ PRODUCTS_TABLE: text, STOCK_TABLE: text, MOVEMENTS_TABLE: text });
const ports = {
  restocks: new DynamoDbRestocks(dynamodb, { stock: env.STOCK_TABLE, movements: env.MOVEMENTS_TABLE }),
  stock: new DynamoDbStockLevels(dynamodb, { products: env.PRODUCTS_TABLE, stock: env.STOCK_TABLE }),
  clock: Date.now,
};

export const handler = step(restockInput, (input) => restockReturn(ports, input));
