import { DeleteObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { iso } from '../../../shared/kernel/time';
import type { Attic, StoredFile } from '../ports/files';

const PAGE = 100;

export class S3Attic implements Attic {
  constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
  ) {}

  async page(cursor?: string): Promise<{ files: StoredFile[]; cursor?: string }> {
    const { Contents = [], IsTruncated } = await this.client.send(
      new ListObjectsV2Command({ Bucket: this.bucket, MaxKeys: PAGE, StartAfter: cursor }),
    );
    const files = Contents.map(({ Key = '', LastModified }) => ({
      key: Key,
      storedAt: iso(LastModified?.getTime() ?? 0),
    }));
    return { files, cursor: IsTruncated ? files.at(-1)?.key : undefined };
  }

  async remove(Key: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key }));
  }
}
