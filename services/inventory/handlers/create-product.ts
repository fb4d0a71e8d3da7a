import { dynamodb } from '../../../shared/aws/dynamodb';
import { IdempotencyTable } from '../../../shared/aws/idempotency-table';
import { environment, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { invocation } from '../../../shared/lambda/invocation';
import { DynamoDbBackOffice } from '../adapters/dynamodb-back-office';
import { createProductRoute } from '../api';
import { createProduct } from '../use-cases/create-product';
import { etagOf, type ProductView } from '../use-cases/product-view';

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
const ports = {
  backOffice: new DynamoDbBackOffice(dynamodb, tables, new IdempotencyTable(dynamodb, env.IDEMPOTENCY_TABLE)),
  clock: Date.now,
  answer: (view: ProductView) => json(201, view, { location: `/products/${view.id}`, etag: etagOf(view) }),
};

export const handler = http(
  createProductRoute,
  ({ body: { stock = 0, ...facts }, caller, idempotency: request }) =>
    createProduct(ports, {
      facts,
      stock,
      actor: caller.id,
      correlationId: invocation().correlationId,
      request,
    }),
);
