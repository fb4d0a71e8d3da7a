import { http, json } from '../../../shared/lambda/http';
import { shopOf } from '../adapters/shop-of-request';
import { mobileHomeRoute } from '../api';
import { showMobileHome } from '../use-cases/show-home';

export const handler = http(mobileHomeRoute, async ({ headers }) =>
  json(200, await showMobileHome({ shop: shopOf(headers), clock: Date.now })),
);
