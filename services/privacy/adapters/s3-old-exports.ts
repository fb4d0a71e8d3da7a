import { DeleteObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { iso } from '../../../shared/kernel/time';
import type { OldExports } from '../ports/old-exports';

const PAGE = 100;

export class S3OldExports implements OldExports {
  constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
  ) {}

  async page(cursor?: string) {
    const { Contents = [], IsTruncated } = await this.client.send(
      new ListObjectsV2Command({ Bucket: this.bucket, Prefix: 'people/', MaxKeys: PAGE, StartAfter: cursor }),
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
