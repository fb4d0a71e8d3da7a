import type { S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import type { UploadForm, Uploads } from '../ports/files';

/** S3 itself holds the file to the form: its key, its exact type, its size, the time. */
export class S3Uploads implements Uploads {
  constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
  ) {}

  form(
    Key: string,
    { contentType, bytes, seconds }: { contentType: string; bytes: number; seconds: number },
  ): Promise<UploadForm> {
    return createPresignedPost(this.client, {
      Bucket: this.bucket,
      Key,
      Expires: seconds,
      Fields: { 'Content-Type': contentType },
      Conditions: [
        ['content-length-range', 1, bytes],
        ['eq', '$Content-Type', contentType],
      ],
    });
  }
}
