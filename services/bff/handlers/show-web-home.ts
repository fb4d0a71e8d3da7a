import { http, json } from '../../../shared/lambda/http';
import { shopOf } from '../adapters/shop-of-request';
import { webHomeRoute } from '../api';
import { showWebHome } from '../use-cases/show-home';

export const handler = http(webHomeRoute, async ({ headers }) =>
  json(200, await showWebHome({ shop: shopOf(headers), clock: Date.now })),
);
