import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Backups } from '../ports/backup';

/** Under the bucket's own encryption; its lifecycle forgets them. */
export class S3Backups implements Backups {
  constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
  ) {}

  async keep(name: string, lines: readonly object[]): Promise<string> {
    const Key = `users/${name}.ndjson`;
    const Body = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    await this.client.send(
      new PutObjectCommand({ Bucket: this.bucket, Key, Body, ContentType: 'application/x-ndjson' }),
    );
    return Key;
  }
}
