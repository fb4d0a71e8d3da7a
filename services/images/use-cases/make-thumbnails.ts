import { createHash, randomUUID } from 'node:crypto';
import { type Clock, iso, SECOND } from '../../../shared/kernel/time';
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
import type { Gallery, Originals, Renderer } from '../ports/files';
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

/** As long as the function may run: whoever claimed the file before that is dead. */
const CLAIM = 30 * SECOND;

/**
 * Judges one upload. May run twice, late and at once: only a PENDING image is looked at, one process at a time decodes
 * it, whatever is stored lies under the image's own names, and one conditional write settles it. The original is deleted
 * then: nothing else needs it, and it may say where and by whom it was taken.
 * @throws Error while another judges it: the message comes again, and finds it settled or that one dead
 */
export async function makeThumbnails(ports: Ports, arrival: Arrival): Promise<Done> {
  const { productId, imageId, etag } = arrival;
  const key = uploadKey(productId, imageId);
  const image = await ports.images.find(productId, imageId);
  if (image?.status !== 'PENDING') {
    await ports.originals.remove(key);
    return { outcome: 'SETTLED_BEFORE' };
  }
  if (arrival.bytes > MAX_BYTES) return settle(ports, image, rejected('TOO_LARGE'));
  const bytes = await ports.originals.original(key, etag);
  if (!bytes) return { outcome: 'GONE' };
  const reason = unopened(image, bytes);
  return reason ? settle(ports, image, rejected(reason)) : judge(ports, image, bytes);
}

async function settle(ports: Ports, image: PendingImage, verdict: Verdict): Promise<Done> {
  const first = await ports.images.settle(settled(image, verdict, iso(ports.clock())));
  await ports.originals.remove(uploadKey(image.productId, image.id));
  if (!first) return { outcome: 'SETTLED_BEFORE' };
  return { outcome: verdict.status, ...('reason' in verdict ? { reason: verdict.reason } : {}) };
}

async function judge(ports: Ports, image: PendingImage, bytes: Uint8Array): Promise<Done> {
  const token = randomUUID();
  const now = ports.clock();
  const tries = await ports.images.claim(image, { token, now, deadSince: now - CLAIM });
  if (tries === 'SETTLED') return { outcome: 'SETTLED_BEFORE' };
  if (tries === 'HELD') throw new Error(`${image.id} is being judged`);
  try {
    const verdict = tries > MOST_TRIES ? rejected('UNPROCESSABLE') : await decode(ports, image, bytes);
    return await settle(ports, image, verdict);
  } catch (error) {
    // What is thrown is no fault of the file: this try must not be counted against it.
    await ports.images.release(image, token).catch(() => undefined);
    throw error;
  }
}

/** What can be said of a file without decoding it. */
function unopened(image: PendingImage, bytes: Uint8Array): RejectionReason | undefined {
  const sum = createHash('sha256').update(bytes).digest('hex');
  if (image.sha256 && image.sha256 !== sum) return 'CHECKSUM_MISMATCH';
  const format = formatOf(bytes);
  if (!format) return 'NOT_AN_IMAGE';
  return format === image.contentType ? undefined : 'TYPE_MISMATCH';
}

async function decode(
  { renderer, gallery }: Ports,
  { productId, id, contentType }: PendingImage,
  bytes: Uint8Array,
): Promise<Verdict> {
  const rendered = await renderer.render(bytes, contentType);
  if ('rejected' in rendered) return rejected(rendered.rejected);
  await Promise.all(
    [...rendered.files].map(([file, made]) =>
      gallery.store(thumbnailPath(productId, id, file), made, FILES[file] ?? 'application/octet-stream'),
    ),
  );
  return { status: 'PROCESSED', ...rendered.picture };
}
