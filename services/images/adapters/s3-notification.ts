import Joi from 'joi';
import { PermanentFault } from '../../../shared/kernel/permanent-fault';

/** A file that arrived under `uploads/<productId>/<imageId>`. */
interface Arrival {
  productId: string;
  imageId: string;
  bytes: number;
  etag: string;
}

const KEY = /^uploads\/([A-Za-z0-9_-]{1,64})\/(img_[0-9A-HJKMNP-TV-Z]{26})$/;

interface Notification {
  Records: { s3: { object: { key: string; size: number; eTag: string } } }[];
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
const schema = Joi.object<Notification>({
  Records: Joi.array()
    .items(
      Joi.object({
        s3: Joi.object({
          object: Joi.object({
            key: Joi.string().min(1).max(4096),
            size: Joi.number().integer().min(0),
            eTag: Joi.string().min(1).max(100),
          }),
        }),
      }),
    )
    .min(1),
});

/** Keys come URL-encoded, with `+` for a space. */
function decoded(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return key;
  }
}

function arrivalOf({ key, size, eTag }: Notification['Records'][number]['s3']['object']): Arrival {
  const [, productId, imageId] = KEY.exec(decoded(key)) ?? [];
  if (!productId || !imageId) throw new PermanentFault('The key is not one of an upload');
  return { productId, imageId, bytes: size, etag: eTag };
}

/** The files a message tells of; none for the test event that S3 sends once. @throws PermanentFault */
export function readNotification(body: string): Arrival[] {
  const message = parsed(body);
  if ((message as { Event?: unknown } | null)?.Event === 's3:TestEvent') return [];
  const { error, value } = schema.validate(message, {
    presence: 'required',
    convert: false,
    allowUnknown: true,
  });
  if (error) throw new PermanentFault('The message is not a notification of S3');
  return value.Records.map(({ s3 }) => arrivalOf(s3.object));
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new PermanentFault('The message is not JSON');
  }
}
