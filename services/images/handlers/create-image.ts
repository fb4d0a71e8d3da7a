import { dynamodb } from '../../../shared/aws/dynamodb';
import { IdempotencyTable } from '../../../shared/aws/idempotency-table';
import { lambda } from '../../../shared/aws/lambda';
import { s3 } from '../../../shared/aws/s3';
import { environment, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { invocation } from '../../../shared/lambda/invocation';
import { DynamodbNewImages } from '../adapters/dynamodb-new-images';
import { LambdaCatalogue } from '../adapters/lambda-catalogue';
import { S3Uploads } from '../adapters/s3-uploads';
import { createImageRoute } from '../api';
import { requestUpload, type UploadOffer } from '../use-cases/request-upload';

const env = environment({
  IMAGES_TABLE: text,
  IDEMPOTENCY_TABLE: text,
  AUDIT_LOG_TABLE: text,
  IMAGES_BUCKET: text,
  PRODUCT_FUNCTION: text,
});
const replies = new IdempotencyTable(dynamodb, env.IDEMPOTENCY_TABLE);
const ports = {
  replies,
  images: new DynamodbNewImages(dynamodb, env.IMAGES_TABLE, env.AUDIT_LOG_TABLE, replies),
  catalogue: new LambdaCatalogue(lambda, env.PRODUCT_FUNCTION),
  uploads: new S3Uploads(s3, env.IMAGES_BUCKET),
  clock: Date.now,
  answer: (offer: UploadOffer) => json(201, offer),
};

export const handler = http(createImageRoute, ({ caller, path: { id }, body, ifMatch, idempotency }) =>
  requestUpload(ports, {
    ...body,
    productId: id,
    version: ifMatch,
    actor: caller.id,
    correlationId: invocation().correlationId,
    request: idempotency,
  }),
);
