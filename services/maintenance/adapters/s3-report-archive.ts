import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Archive, WrittenReport } from '../ports/reporting';

export class S3ReportArchive implements Archive {
  constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
  ) {}

  async keep(day: string, { csv, html }: WrittenReport): Promise<string[]> {
    const files = [
      { Key: `daily/${day}.csv`, Body: csv, ContentType: 'text/csv; charset=utf-8' },
      { Key: `daily/${day}.html`, Body: html, ContentType: 'text/html; charset=utf-8' },
    ];
    await Promise.all(
      files.map((file) => this.client.send(new PutObjectCommand({ Bucket: this.bucket, ...file }))),
    );
    return files.map(({ Key }) => Key);
  }
}
