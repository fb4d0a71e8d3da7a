import {
  DeleteObjectCommand,
  GetObjectCommand,
  type GetObjectCommandInput,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { Gallery, Originals, ReadsGallery } from '../ports/files';

const PROCESSED = 'processed/';

/** Said on the object too, for whoever puts a CDN before the bucket. */
const FOR_EVER = 'public, max-age=31536000, immutable';

/** A role that may list the bucket is told 404 of what is not there; 412 is `IfMatch` of bytes that were replaced. */
const isGone = (error: unknown): boolean =>
  [404, 412].includes((error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode ?? 0);

export class S3Files implements Originals, Gallery, ReadsGallery {
  constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
  ) {}

  async store(path: string, bytes: Uint8Array, type: string): Promise<void> {
    await this.client.send(
      new PutObjectCommand({
        Bucket: this.bucket,
        Key: PROCESSED + path,
        Body: bytes,
        ContentType: type,
        CacheControl: FOR_EVER,
      }),
    );
  }

  async remove(Key: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key }));
  }

  async original(Key: string, etag: string): Promise<Uint8Array | undefined> {
    return (await this.get({ Bucket: this.bucket, Key, IfMatch: etag }))?.bytes;
  }

  thumbnail(path: string): Promise<{ bytes: Uint8Array; etag: string } | undefined> {
    return this.get({ Bucket: this.bucket, Key: PROCESSED + path });
  }

  private async get(input: GetObjectCommandInput): Promise<{ bytes: Uint8Array; etag: string } | undefined> {
    try {
      const { Body, ETag = '' } = await this.client.send(new GetObjectCommand(input));
      return { bytes: (await Body?.transformToByteArray()) ?? new Uint8Array(), etag: ETag };
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  }
}
