import {
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { ExportFiles, ShowsExportFiles } from '../ports/keepers';

const FOLDER = 'people/';

/** Seconds: long enough to fetch the files of one look at the request. */
const OPEN_FOR = 15 * 60;

export class S3Exports implements ExportFiles, ShowsExportFiles {
  constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
  ) {}

  async write(file: string, content: unknown): Promise<void> {
    await this.client.send(
      new PutObjectCommand({
        Bucket: this.bucket,
        Key: FOLDER + file,
        Body: JSON.stringify(content, undefined, 2),
        ContentType: 'application/json',
      }),
    );
  }

  link(file: string): Promise<string> {
    const Key = FOLDER + file;
    return getSignedUrl(this.client, new GetObjectCommand({ Bucket: this.bucket, Key }), {
      expiresIn: OPEN_FOR,
    });
  }

  async eraseAll(folders: string[]): Promise<void> {
    for (const folder of folders) await this.erase(`${FOLDER}${folder}/`);
  }

  private async erase(Prefix: string): Promise<void> {
    let ContinuationToken: string | undefined;
    do {
      const page = await this.client.send(
        new ListObjectsV2Command({ Bucket: this.bucket, Prefix, ContinuationToken }),
      );
      const Objects = (page.Contents ?? []).map(({ Key }) => ({ Key }));
      if (Objects.length > 0) {
        const { Errors = [] } = await this.client.send(
          new DeleteObjectsCommand({ Bucket: this.bucket, Delete: { Objects, Quiet: true } }),
        );
        if (Errors.length > 0) throw new Error(`${Errors.length} files of an export could not be deleted`);
      }
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken);
  }
}
