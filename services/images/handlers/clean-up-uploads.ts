import Joi from 'joi';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { s3 } from '../../../shared/aws/s3';
import { S3Shelf } from '../../../shared/aws/s3-shelf';
import { environment, text } from '../../../shared/lambda/environment';
import { schedule } from '../../../shared/lambda/schedule';
import { DynamodbImages } from '../adapters/dynamodb-images';
import { cleanUpUploads } from '../use-cases/clean-up-uploads';

const env = environment({ IMAGES_TABLE: text, IMAGES_BUCKET: text });
const ports = {
  attic: new S3Shelf(s3, env.IMAGES_BUCKET),
  images: new DynamodbImages(dynamodb, env.IMAGES_TABLE),
  clock: Date.now,
};

const payload = Joi.object<{ cursor?: string; dryRun: boolean; olderThanHours?: number }, true>({
  cursor: Joi.string().max(1024).optional(),
  dryRun: Joi.boolean(),
  olderThanHours: Joi.number().integer().min(0).max(8760).optional(),
});

/** The form of an upload is good for a quarter of an hour, and its verdict takes seconds. */
const A_DAY = 24;

export const handler = schedule(payload, ({ olderThanHours = A_DAY, ...page }) =>
  cleanUpUploads(ports, { ...page, olderThanHours }),
);
