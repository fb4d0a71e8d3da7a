import { dynamodb } from '../../../shared/aws/dynamodb';
import { IdempotencyTable } from '../../../shared/aws/idempotency-table';
import { refuse } from '../../../shared/kernel/refusal';
import { environment, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { invocation } from '../../../shared/lambda/invocation';
import { DynamoDbBackOffice } from '../adapters/dynamodb-back-office';
import { DynamoDbStockLevels } from '../adapters/dynamodb-stock';
import { moveStockRoute } from '../api';
import { moveStock } from '../use-cases/move-stock';

const env = environment({
  PRODUCTS_TABLE: text,
  PRODUCT_WORDS_TABLE: text,
  STOCK_TABLE: text,
  MOVEMENTS_TABLE: text,
  AUDIT_LOG_TABLE: text,
  IDEMPOTENCY_TABLE: text,
});
const tables = {
  products: env.PRODUCTS_TABLE,
  words: env.PRODUCT_WORDS_TABLE,
  stock: env.STOCK_TABLE,
  movements: env.MOVEMENTS_TABLE,
  audit: env.AUDIT_LOG_TABLE,
};
const replies = new IdempotencyTable(dynamodb, env.IDEMPOTENCY_TABLE);
const ports = {
  replies,
  backOffice: new DynamoDbBackOffice(dynamodb, tables, replies),
  stockRoom: new DynamoDbStockLevels(dynamodb, tables),
  clock: Date.now,
  answer: (available: number) => json(200, { available }),
};

export const handler = http(
  moveStockRoute,
  async ({ path, body, caller, ifMatch: version, idempotency: request }) => {
    if (body.delta === 0) {
      const detail = 'A movement moves at least one unit.';
      return refuse('VALIDATION_FAILED', detail, { errors: [{ pointer: '/delta', detail }] });
    }
    const { correlationId } = invocation();
    return moveStock(ports, {
      ...body,
      productId: path.id,
      version,
      actor: caller.id,
      correlationId,
      request,
    });
  },
);
