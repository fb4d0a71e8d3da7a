import { S3Client } from '@aws-sdk/client-s3';
import { clientConfig } from './client-config';
import { instrument } from './instrument';

/** Made once an environment, when the module loads. An endpoint that was set by hand has no host name a bucket. */
export const s3 = instrument(
  new S3Client({ ...clientConfig(), forcePathStyle: Boolean(process.env.AWS_ENDPOINT_URL) }),
  'S3',
);
