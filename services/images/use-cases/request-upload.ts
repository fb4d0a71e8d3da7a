import type { IdempotentRequest, Reply } from '../../../shared/kernel/idempotency';
import { newId } from '../../../shared/kernel/ids';
import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import { type Clock, iso, MINUTE, SECOND } from '../../../shared/kernel/time';
import { type ContentType, MAX_IMAGES, type PendingImage, PRODUCT_ID, uploadKey } from '../domain/image';
import type { UploadForm, Uploads } from '../ports/files';
import type { AddsImages, Catalogue, ListsImages, RepliesToRequests } from '../ports/images';

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
  images: AddsImages & ListsImages;
  replies: RepliesToRequests;
  catalogue: Catalogue;
  uploads: Uploads;
  clock: Clock;
  answer: (offer: UploadOffer) => Reply;
}

/** A place for a picture of a product: its row, and the form that fills it. */
export async function requestUpload(ports: Ports, command: RequestUpload): Promise<Reply | Refusal> {
  const now = ports.clock();
  const hindrance = await hindranceOf(ports, command);
  if (hindrance) return (await ports.replies.find(command.request, now)) ?? hindrance;
  const { productId, contentType, bytes, sha256, correlationId, request, actor } = command;
  const at = iso(now);
  const image: PendingImage = {
    ...{ id: newId('img', now), productId, contentType, bytes, correlationId },
    ...(sha256 ? { sha256: sha256.toLowerCase() } : {}),
    ...{ status: 'PENDING', version: 1, createdAt: at, updatedAt: at },
  };
  const seconds = FORM_LIFE / SECOND;
  const upload = await ports.uploads.form(uploadKey(productId, image.id), { contentType, bytes, seconds });
  const reply = ports.answer({ imageId: image.id, upload, expiresAt: iso(now + FORM_LIFE) });
  return (await ports.images.add(image, { request, reply, now, actor })) ?? reply;
}

async function hindranceOf(
  { images, catalogue }: Ports,
  { productId, version }: RequestUpload,
): Promise<Refusal | undefined> {
  if (!PRODUCT_ID.test(productId)) return noProduct();
  const [current, rows] = await Promise.all([
    catalogue.versionOf(productId),
    images.list(productId, { limit: MAX_ROWS }),
  ]);
  if (current === undefined) return noProduct();
  if (version !== undefined && version !== current)
    return refuse('STALE', 'The product has changed since. Look at it again.');
  const kept = rows.images.filter(({ status }) => status !== 'REJECTED').length;
  if (kept < MAX_IMAGES && rows.images.length < MAX_ROWS) return undefined;
  return refuse(
    'CONFLICT',
    `A product has at most ${MAX_IMAGES} images, and ${MAX_ROWS} uploads in 30 days.`,
  );
}

const noProduct = (): Refusal => refuse('NOT_FOUND', 'There is no such product.');
