import { createHash } from 'node:crypto';
import { type Clock, iso } from '../../../shared/kernel/time';
import { formatOf } from '../domain/format';
import {
  MAX_BYTES,
  type PendingImage,
  type RejectionReason,
  rejected,
  settled,
  thumbnailPath,
  uploadKey,
  type Verdict,
} from '../domain/image';
import { FILES } from '../domain/thumbnails';
import type { Gallery, Originals, Rendered, Renderer } from '../ports/files';
import type { SettlesImages } from '../ports/images';

/** What the store says about one file that arrived. */
export interface Arrival {
  productId: string;
  imageId: string;
  bytes: number;
  /** Names these very bytes: the notification of a file that was replaced finds another. */
  etag: string;
}

interface Ports {
  images: SettlesImages;
  originals: Originals;
  renderer: Renderer;
  gallery: Gallery;
  clock: Clock;
}

export interface Done {
  outcome: 'PROCESSED' | 'REJECTED' | 'SETTLED_BEFORE' | 'GONE';
  reason?: RejectionReason;
}

/** A file that ended the process this often while it was decoded is not opened again. */
const MOST_TRIES = 3;

/**
 * Judges one upload. May run twice, late and at once: only a PENDING image is looked at, whatever is stored lies under
 * the image's own names, and one conditional write settles it. The original is deleted then: nothing else needs it, and
 * it may say where and by whom it was taken.
 */
export async function makeThumbnails(ports: Ports, arrival: Arrival): Promise<Done> {
  const { productId, imageId, etag } = arrival;
  const key = uploadKey(productId, imageId);
  const image = await ports.images.find(productId, imageId);
  if (image?.status !== 'PENDING') {
    await ports.originals.remove(key);
    return { outcome: 'SETTLED_BEFORE' };
  }
  const verdict = await judge(ports, image, arrival, () => ports.originals.original(key, etag));
  if (!verdict) return { outcome: 'GONE' };
  const first = await ports.images.settle(settled(image, verdict, iso(ports.clock())));
  await ports.originals.remove(key);
  if (!first) return { outcome: 'SETTLED_BEFORE' };
  return { outcome: verdict.status, ...('reason' in verdict ? { reason: verdict.reason } : {}) };
}

async function judge(
  ports: Ports,
  image: PendingImage,
  arrival: Arrival,
  read: () => Promise<Uint8Array | undefined>,
): Promise<Verdict | undefined> {
  if (arrival.bytes > MAX_BYTES) return rejected('TOO_LARGE');
  const bytes = await read();
  if (!bytes) return undefined;
  const reason = unopened(image, bytes);
  if (reason) return rejected(reason);
  const tries = await ports.images.claim(image);
  if (tries === undefined) return undefined;
  if (tries > MOST_TRIES) return rejected('UNPROCESSABLE');
  const rendered = await ports.renderer.render(bytes, image.contentType);
  if ('rejected' in rendered) return rejected(rendered.rejected);
  return keep(ports, image, rendered);
}

/** What can be said of a file without decoding it. */
function unopened(image: PendingImage, bytes: Uint8Array): RejectionReason | undefined {
  const sum = createHash('sha256').update(bytes).digest('hex');
  if (image.sha256 && image.sha256 !== sum) return 'CHECKSUM_MISMATCH';
  const format = formatOf(bytes);
  if (!format) return 'NOT_AN_IMAGE';
  return format === image.contentType ? undefined : 'TYPE_MISMATCH';
}

async function keep(
  { images, gallery }: Ports,
  image: PendingImage,
  { picture, files }: Rendered,
): Promise<Verdict> {
  try {
    const { productId, id } = image;
    await Promise.all(
      [...files].map(([file, bytes]) =>
        gallery.store(thumbnailPath(productId, id, file), bytes, FILES[file] ?? 'application/octet-stream'),
      ),
    );
    return { status: 'PROCESSED', ...picture };
  } catch (error) {
    // The file is good: this try must not be counted against it.
    await images.release(image).catch(() => undefined);
    throw error;
  }
}
