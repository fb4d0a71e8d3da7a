import { dynamodb } from '../../../shared/aws/dynamodb';
import { isRefusal } from '../../../shared/kernel/refusal';
import { environment, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { DynamodbPriceList } from '../adapters/dynamodb-price-list';
import { quoteOrderRoute } from '../api/orders';
import { quoteView } from '../api/views';
import { quoteOrder } from '../use-cases/quote-order';

const env = environment({ PRICES_TABLE: text });

const prices = new DynamodbPriceList(dynamodb, env.PRICES_TABLE);

export const handler = http(quoteOrderRoute, async ({ body }) => {
  const quote = await quoteOrder({ prices }, body.items);
  return isRefusal(quote) ? quote : json(200, quoteView(quote));
});
