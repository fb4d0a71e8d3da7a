import Joi from 'joi';
import { s3 } from '../../../shared/aws/s3';
import { S3Shelf } from '../../../shared/aws/s3-shelf';
import { environment, text } from '../../../shared/lambda/environment';
import { schedule } from '../../../shared/lambda/schedule';
import { cleanUpExports } from '../use-cases/clean-up-exports';

const env = environment({ EXPORTS_BUCKET: text });
const ports = { exports: new S3Shelf(s3, env.EXPORTS_BUCKET, 'people/'), clock: Date.now };

const payload = Joi.object<{ cursor?: string; dryRun: boolean; olderThanHours?: number }, true>({
  cursor: Joi.string().max(1024).optional(),
  dryRun: Joi.boolean(),
  olderThanHours: Joi.number().integer().min(0).max(8760).optional(),
});

const SEVEN_DAYS = 7 * 24;

export const handler = schedule(payload, ({ olderThanHours = SEVEN_DAYS, ...page }) =>
  cleanUpExports(ports, { ...page, olderThanHours }),
);
