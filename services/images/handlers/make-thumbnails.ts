import { parkIn } from '../../../shared/aws/dead-letters';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { s3 } from '../../../shared/aws/s3';
import { environment, text } from '../../../shared/lambda/environment';
import { invocation } from '../../../shared/lambda/invocation';
import { queue } from '../../../shared/lambda/queue';
import { DynamodbImages } from '../adapters/dynamodb-images';
import { S3Files } from '../adapters/s3-files';
import { readNotification } from '../adapters/s3-notification';
import { SharpRenderer } from '../adapters/sharp-renderer';
import { makeThumbnails } from '../use-cases/make-thumbnails';

const env = environment({ IMAGES_TABLE: text, IMAGES_BUCKET: text, DEAD_LETTER_QUEUE: text });
const files = new S3Files(s3, env.IMAGES_BUCKET);
const ports = {
  images: new DynamodbImages(dynamodb, env.IMAGES_TABLE),
  originals: files,
  gallery: files,
  renderer: new SharpRenderer(),
  clock: Date.now,
};

const options = {
  parse: (body: string) => ({
    message: readNotification(body),
    correlationId: invocation().correlationId,
  }),
  park: parkIn(env.DEAD_LETTER_QUEUE),
  maxReceives: 5,
};

export const handler = queue(options, async (arrivals) => {
  for (const arrival of arrivals) {
    const done = await makeThumbnails(ports, arrival);
    const { log, metrics } = invocation();
    metrics.add(done.outcome === 'REJECTED' ? 'imagesRejected' : 'imagesSettled');
    log.info({ ...arrival, ...done }, 'upload judged');
  }
});
