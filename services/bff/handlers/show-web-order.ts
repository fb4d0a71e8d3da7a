import { isRefusal } from '../../../shared/kernel/refusal';
import { http, json } from '../../../shared/lambda/http';
import { annotate } from '../../../shared/lambda/invocation';
import { shopOf } from '../adapters/shop-of-request';
import { webOrderRoute } from '../api';
import { showWebOrder } from '../use-cases/show-order';

export const handler = http(webOrderRoute, async ({ headers, path }) => {
  annotate({ orderId: path.id });
  const screen = await showWebOrder({ shop: shopOf(headers), clock: Date.now }, path.id);
  return isRefusal(screen) ? screen : json(200, screen);
});
