import { readEvent } from '../../../events/envelope';
import { productEvents } from '../../../events/product-events';
import { parkIn } from '../../../shared/aws/dead-letters';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { eventMessage, queue } from '../../../shared/lambda/queue';
import { DynamodbPriceList } from '../adapters/dynamodb-price-list';

const env = environment({ PRICES_TABLE: text, DEAD_LETTER_QUEUE: text });

const prices = new DynamodbPriceList(dynamodb, env.PRICES_TABLE);

const options = {
  parse: eventMessage((event) => readEvent(productEvents, event)),
  park: parkIn(env.DEAD_LETTER_QUEUE),
  maxReceives: 5,
};

export const handler = queue(options, ({ type, data: { productId, name, price, version } }) =>
  prices.follow({
    productId,
    name,
    price,
    version,
    status: type === 'product.retired' ? 'retired' : 'active',
  }),
);
