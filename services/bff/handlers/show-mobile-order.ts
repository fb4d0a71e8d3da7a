import { isRefusal } from '../../../shared/kernel/refusal';
import { http, json } from '../../../shared/lambda/http';
import { annotate } from '../../../shared/lambda/invocation';
import { shopOf } from '../adapters/shop-of-request';
import { mobileOrderRoute } from '../api';
import { showMobileOrder } from '../use-cases/show-order';

export const handler = http(mobileOrderRoute, async ({ headers, path }) => {
  annotate({ orderId: path.id });
  const screen = await showMobileOrder({ shop: shopOf(headers), clock: Date.now }, path.id);
  return isRefusal(screen) ? screen : json(200, screen);
});
