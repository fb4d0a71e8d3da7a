import { dynamodb } from '../../../shared/aws/dynamodb';
import { isRefusal } from '../../../shared/kernel/refusal';
import { environment, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { invocation } from '../../../shared/lambda/invocation';
import { DynamoDbBackOffice } from '../adapters/dynamodb-back-office';
import { DynamoDbStockLevels } from '../adapters/dynamodb-stock';
import { editProductRoute } from '../api';
import { editProduct } from '../use-cases/edit-product';
import { etagOf } from '../use-cases/product-view';

const env = environment({
  PRODUCTS_TABLE: text,
  PRODUCT_WORDS_TABLE: text,
  STOCK_TABLE: text,
  MOVEMENTS_TABLE: text,
  AUDIT_LOG_TABLE: text,
});
const tables = {
  products: env.PRODUCTS_TABLE,
  words: env.PRODUCT_WORDS_TABLE,
  stock: env.STOCK_TABLE,
  movements: env.MOVEMENTS_TABLE,
  audit: env.AUDIT_LOG_TABLE,
};
const ports = {
  backOffice: new DynamoDbBackOffice(dynamodb, tables),
  stockRoom: new DynamoDbStockLevels(dynamodb, tables),
  clock: Date.now,
};

export const handler = http(editProductRoute, async ({ path, body, ifMatch, caller }) => {
  const view = await editProduct(ports, {
    productId: path.id,
    edit: body,
    version: ifMatch,
    actor: caller.id,
    correlationId: invocation().correlationId,
  });
  return isRefusal(view) ? view : json(200, view, { etag: etagOf(view) });
});
