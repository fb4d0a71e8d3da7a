import { dynamodb } from '../../../shared/aws/dynamodb';
import { isRefusal } from '../../../shared/kernel/refusal';
import { environment, integer, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { TokenBucket } from '../../../shared/lambda/token-bucket';
import { DynamoDbProducts } from '../adapters/dynamodb-products';
import { DynamoDbAvailability } from '../adapters/dynamodb-stock';
import { getProductRoute } from '../api';
import { getProduct } from '../use-cases/get-product';
import { etagOf } from '../use-cases/product-view';

const env = environment({ PRODUCTS_TABLE: text, STOCK_TABLE: text, PUBLIC_CALLS_PER_SECOND: integer });
const bucket = new TokenBucket(env.PUBLIC_CALLS_PER_SECOND);
const ports = {
  products: new DynamoDbProducts(dynamodb, env.PRODUCTS_TABLE),
  availability: new DynamoDbAvailability(dynamodb, env.STOCK_TABLE),
};

/** RFC 9110, 13.1.2: a list, compared weakly. */
const matches = (etag: string, ifNoneMatch = ''): boolean =>
  ifNoneMatch.split(',').some((tag) => [etag, '*'].includes(tag.trim().replace(/^W\//, '')));

/** RFC 9111, 5.2.1.4: who asks wants no answer that may be out of date. */
const isFresh = (cacheControl = ''): boolean => /\bno-cache\b/.test(cacheControl);

export const handler = http(
  getProductRoute,
  async ({ path: { id }, headers }) => {
    const product = await getProduct(ports, { id, now: isFresh(headers['cache-control']) });
    if (isRefusal(product)) return product;
    const etag = etagOf(product);
    const caching = { etag, 'cache-control': 'public, max-age=10' };
    if (matches(etag, headers['if-none-match'])) return { status: 304, headers: caching, body: '' };
    return json(200, product, caching);
  },
  { bucket },
);
