import type { IdempotentRequest, Reply } from '../../../shared/kernel/idempotency';
import { newId } from '../../../shared/kernel/ids';
import { isRefusal, type Refusal, refuse } from '../../../shared/kernel/refusal';
import { type Clock, iso, MINUTE, SECOND } from '../../../shared/kernel/time';
import { type ContentType, MAX_IMAGES, type PendingImage, PRODUCT_ID, uploadKey } from '../domain/image';
import type { UploadForm, Uploads } from '../ports/files';
import type { AddsImages, Catalogue, RepliesToRequests, Uploaded } from '../ports/images';

/** Long enough for 10 MB over a slow line, short for a form that was left lying about. */
const FORM_LIFE = 15 * MINUTE;

/** Rejected ones count too here, so that nobody fills the table: they expire. */
const MAX_ROWS = 100;

export interface RequestUpload {
  productId: string;
  contentType: ContentType;
  bytes: number;
  sha256?: string;
  /** The version of the product that the uploader saw; undefined: whatever there is. */
  version?: number;
  actor: string;
  correlationId: string;
  request: IdempotentRequest;
}

export interface UploadOffer {
  imageId: string;
  upload: UploadForm;
  expiresAt: string;
}

interface Ports {
  images: AddsImages;
  replies: RepliesToRequests;
  catalogue: Catalogue;
  uploads: Uploads;
  clock: Clock;
  answer: (offer: UploadOffer) => Reply;
}

/** How often another upload of the product may be asked for first. */
const TRIES = 5;

/** A place for a picture of a product: its row, and the form that fills it. */
export async function requestUpload(ports: Ports, command: RequestUpload): Promise<Reply | Refusal> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const now = ports.clock();
    const seen = await look(ports, command);
    if (isRefusal(seen)) return (await ports.replies.find(command.request, now)) ?? seen;
    const answer = await offer(ports, command, { now, turns: seen.turns });
    if (answer !== 'OVERTAKEN') return answer;
  }
  return refuse('CONFLICT', 'Others keep adding pictures to the product. Send the same request again.', {
    retryAfter: 1,
  });
}

async function offer(
  ports: Ports,
  { productId, contentType, bytes, sha256, correlationId, request, actor }: RequestUpload,
  { now, turns }: { now: number; turns: number },
): Promise<Reply | Refusal | 'OVERTAKEN'> {
  const at = iso(now);
  const image: PendingImage = {
    ...{ id: newId('img', now), productId, contentType, bytes, correlationId },
    ...(sha256 ? { sha256: sha256.toLowerCase() } : {}),
    ...{ status: 'PENDING', version: 1, createdAt: at, updatedAt: at },
  };
  const seconds = FORM_LIFE / SECOND;
  const upload = await ports.uploads.form(uploadKey(productId, image.id), { contentType, bytes, seconds });
  const reply = ports.answer({ imageId: image.id, upload, expiresAt: iso(now + FORM_LIFE) });
  return (await ports.images.add(image, { request, reply, now, actor, turns })) ?? reply;
}

/** What the product has, or why it takes no picture more. */
async function look(
  { images, catalogue }: Ports,
  { productId, version }: RequestUpload,
): Promise<Uploaded | Refusal> {
  if (!PRODUCT_ID.test(productId)) return noProduct();
  const [current, uploaded] = await Promise.all([
    catalogue.versionOf(productId),
    images.uploaded(productId, MAX_ROWS),
  ]);
  if (current === undefined) return noProduct();
  if (version !== undefined && version !== current)
    return refuse('STALE', 'The product has changed since. Look at it again.');
  const kept = uploaded.images.filter(({ status }) => status !== 'REJECTED').length;
  if (kept < MAX_IMAGES && uploaded.images.length < MAX_ROWS) return uploaded;
  return refuse(
    'CONFLICT',
    `A product has at most ${MAX_IMAGES} images, and ${MAX_ROWS} uploads in 30 days.`,
  );
}

const noProduct = (): Refusal => refuse('NOT_FOUND', 'There is no such product.');
