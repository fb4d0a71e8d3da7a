import { dynamodb } from '../../../shared/aws/dynamodb';
import { decodeCursor, encodeCursor } from '../../../shared/kernel/cursor';
import { idPattern } from '../../../shared/kernel/ids';
import { refuse } from '../../../shared/kernel/refusal';
import { environment, integer, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { TokenBucket } from '../../../shared/lambda/token-bucket';
import { DynamoDbProductSearch } from '../adapters/dynamodb-product-search';
import { DynamoDbProducts } from '../adapters/dynamodb-products';
import { DynamoDbAvailability } from '../adapters/dynamodb-stock';
import { DEFAULT_LIMIT, listProductsRoute, searchOf } from '../api';
import { listProducts } from '../use-cases/list-products';

const env = environment({
  PRODUCTS_TABLE: text,
  PRODUCT_WORDS_TABLE: text,
  STOCK_TABLE: text,
  PUBLIC_CALLS_PER_SECOND: integer,
});
const bucket = new TokenBucket(env.PUBLIC_CALLS_PER_SECOND);
const ports = {
  shelves: new DynamoDbProducts(dynamodb, env.PRODUCTS_TABLE),
  products: new DynamoDbProductSearch(dynamodb, {
    products: env.PRODUCTS_TABLE,
    words: env.PRODUCT_WORDS_TABLE,
  }),
  availability: new DynamoDbAvailability(dynamodb, env.STOCK_TABLE),
};

const POSITION = idPattern('prd');

export const handler = http(
  listProductsRoute,
  async ({ query }) => {
    const { limit = DEFAULT_LIMIT, cursor } = query;
    const search = searchOf(query);
    if ('refused' in search) return search;
    // A cursor of another list, or of a list with other filters, does not fit this one.
    const filter = { list: 'products', ...search };
    const after = cursor && decodeCursor(cursor, filter, POSITION);
    if (cursor && !after) return refuse('CURSOR_INVALID', 'This cursor is not one of this list.');
    const { items, next } = await listProducts(ports, { limit, after, ...search });
    const nextCursor = next && encodeCursor(next, filter);
    return json(200, { items, nextCursor }, { 'cache-control': 'public, max-age=10' });
  },
  { bucket },
);
