import { s3 } from '../../../shared/aws/s3';
import { isRefusal } from '../../../shared/kernel/refusal';
import { environment, integer, text } from '../../../shared/lambda/environment';
import { http } from '../../../shared/lambda/http';
import { TokenBucket } from '../../../shared/lambda/token-bucket';
import { S3Files } from '../adapters/s3-files';
import { getImageRoute } from '../api';
import { readPicture } from '../use-cases/read-picture';

const env = environment({ IMAGES_BUCKET: text, PUBLIC_CALLS_PER_SECOND: integer });
const bucket = new TokenBucket(env.PUBLIC_CALLS_PER_SECOND);
const ports = { gallery: new S3Files(s3, env.IMAGES_BUCKET) };

export const handler = http(
  getImageRoute,
  async ({ path }) => {
    const picture = await readPicture(ports, path);
    if (isRefusal(picture)) return picture;
    const { bytes, type, etag } = picture;
    const headers = {
      'content-type': type,
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'",
      'cross-origin-resource-policy': 'cross-origin',
      etag,
    };
    return { status: 200, headers, body: Buffer.from(bytes).toString('base64'), encoding: 'base64' };
  },
  { bucket },
);
