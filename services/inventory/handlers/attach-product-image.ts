import { readEvent } from '../../../events/envelope';
import { imageProcessed } from '../../../events/image-events';
import { parkIn } from '../../../shared/aws/dead-letters';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { invocation } from '../../../shared/lambda/invocation';
import { eventMessage, queue } from '../../../shared/lambda/queue';
import { DynamoDbBackOffice } from '../adapters/dynamodb-back-office';
import { attachProductImage } from '../use-cases/attach-product-image';

const env = environment({
  PRODUCTS_TABLE: text,
  PRODUCT_WORDS_TABLE: text,
  STOCK_TABLE: text,
  MOVEMENTS_TABLE: text,
  DEAD_LETTER_QUEUE: text,
});
/** A picture is neither a word to be found by nor stock: of these only products is written. */
const tables = {
  products: env.PRODUCTS_TABLE,
  words: env.PRODUCT_WORDS_TABLE,
  stock: env.STOCK_TABLE,
  movements: env.MOVEMENTS_TABLE,
};
const ports = { backOffice: new DynamoDbBackOffice(dynamodb, tables), clock: Date.now };

const options = {
  parse: eventMessage((event) => readEvent([imageProcessed], event)),
  park: parkIn(env.DEAD_LETTER_QUEUE),
  maxReceives: 5,
};

export const handler = queue(options, async ({ data, correlationid }) => {
  const { productId, imageId, dominantColor } = data;
  const files = data.files.map((file) => ({ ...file, dominantColor }));
  const outcome = await attachProductImage(ports, {
    productId,
    imageId,
    files,
    correlationId: correlationid,
  });
  invocation().log.info({ productId, imageId, outcome }, 'picture of a product');
});
