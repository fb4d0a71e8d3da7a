import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SharpRenderer } from '../../../services/images/adapters/sharp-renderer';
import type { ContentType, Image, PendingImage } from '../../../services/images/domain/image';
import { makeThumbnails } from '../../../services/images/use-cases/make-thumbnails';

interface Given {
  file: string;
  type: ContentType;
  seconds?: number;
}

const at = new Date(0).toISOString();

/** One upload by the real use case and the real decoder; what is made of it lies beside it. */
async function judge({ file, type, seconds }: Given) {
  const bytes = readFileSync(file);
  const pending: PendingImage = {
    ...{ id: 'img_1', productId: 'prd_1', status: 'PENDING', contentType: type, bytes: bytes.length },
    ...{ version: 1, createdAt: at, updatedAt: at, correlationId: 'cor_1' },
  };
  const rows: Image[] = [pending];
  mkdirSync(`${file}.made`);
  const ports = {
    images: {
      find: async () => rows.at(-1),
      claim: async () => 1,
      release: async () => undefined,
      settle: async (image: Image) => {
        rows.push(image);
        return true;
      },
    },
    originals: { original: async () => bytes, remove: async () => undefined },
    gallery: {
      store: async (path: string, made: Uint8Array) =>
        writeFileSync(join(`${file}.made`, path.split('/').at(-1) ?? ''), made),
    },
    renderer: new SharpRenderer(seconds),
    clock: Date.now,
  };
  const start = Date.now();
  await makeThumbnails(ports, { productId: 'prd_1', imageId: 'img_1', bytes: bytes.length, etag: '"e"' });
  const milliseconds = Date.now() - start;
  const row = rows.at(-1) as Image;
  return { verdict: row.status === 'REJECTED' ? row.reason : row.status, milliseconds };
}

/** What the decoder alone says of a file that was refused for its first bytes. */
async function opened({ file, type }: Given): Promise<string> {
  const result = await new SharpRenderer().render(readFileSync(file), type);
  return 'rejected' in result ? result.rejected : 'PROCESSED';
}

/** Run as a process of its own over the files that a list names: prints each verdict, and the memory it took at most. */
async function main(list: string): Promise<void> {
  const verdicts = [];
  for (const given of JSON.parse(readFileSync(list, 'utf8')) as Given[]) {
    const judged = await judge(given);
    const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
    const refused = judged.verdict === 'NOT_AN_IMAGE';
    verdicts.push({ ...judged, opened: refused && (await opened(given)), megabytes });
  }
  console.log(JSON.stringify(verdicts));
}

void main(process.argv[2] ?? '');
