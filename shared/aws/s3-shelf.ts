import { DeleteObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { iso } from '../kernel/time';

const PAGE = 100;

export interface StoredFile {
  key: string;
  storedAt: string;
}

/** The files of a bucket below a prefix, for who cleans up there. */
export class S3Shelf {
  constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
    private readonly prefix = '',
  ) {}

  /** In the order of the keys; the last page has no cursor. */
  async page(cursor?: string): Promise<{ files: StoredFile[]; cursor?: string }> {
    const { Contents = [], IsTruncated } = await this.client.send(
      new ListObjectsV2Command({
        Bucket: this.bucket,
        Prefix: this.prefix,
        MaxKeys: PAGE,
        StartAfter: cursor,
      }),
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
