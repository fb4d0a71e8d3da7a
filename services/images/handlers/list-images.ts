import { dynamodb } from '../../../shared/aws/dynamodb';
import { decodeCursor, encodeCursor } from '../../../shared/kernel/cursor';
import { idPattern } from '../../../shared/kernel/ids';
import { refuse } from '../../../shared/kernel/refusal';
import { environment, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { DynamodbImages } from '../adapters/dynamodb-images';
import { DEFAULT_LIMIT, listImagesRoute } from '../api';
import { viewOf } from '../use-cases/image-view';
import { listImages } from '../use-cases/list-images';

const env = environment({ IMAGES_TABLE: text, IMAGES_BASE_URL: text });
const ports = { images: new DynamodbImages(dynamodb, env.IMAGES_TABLE) };
const POSITION = idPattern('img');

export const handler = http(listImagesRoute, async ({ path: { id }, query }) => {
  const { limit = DEFAULT_LIMIT, cursor } = query;
  const filter = { list: 'images', productId: id };
  const before = cursor && decodeCursor(cursor, filter, POSITION);
  if (cursor && !before) return refuse('CURSOR_INVALID', 'This cursor is not one of this list.');
  const { images, last } = await listImages(ports, { productId: id, limit, before });
  const items = images.map((image) => viewOf(image, env.IMAGES_BASE_URL));
  return json(200, { items, nextCursor: last && encodeCursor(last, filter) });
});
