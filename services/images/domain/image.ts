/** What may be uploaded: what browsers and cameras make and sharp's own build of libvips reads. */
export const CONTENT_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'] as const;
export type ContentType = (typeof CONTENT_TYPES)[number];

export const MAX_BYTES = 10 * 1024 * 1024;
/** 24 megapixels: decoded, 72 MB. */
export const MAX_PIXELS = 24_000_000;
/** Pictures of one product that are not rejected. They all lie on the product's row. */
export const MAX_IMAGES = 20;

/** Why an upload became no picture; shown to the staff who uploaded it. */
export type RejectionReason =
  | 'TOO_LARGE'
  | 'CHECKSUM_MISMATCH'
  | 'NOT_AN_IMAGE'
  | 'TYPE_MISMATCH'
  | 'TOO_MANY_PIXELS'
  | 'TRUNCATED'
  | 'BROKEN'
  | 'TOO_COMPLEX'
  | 'UNPROCESSABLE';

/** One file that was made of an upload. */
export interface Thumbnail {
  file: string;
  type: string;
  width: number;
  height: number;
  bytes: number;
}

/** What is known of an upload once it has been decoded; width and height as it is looked at, the right way up. */
export interface Picture {
  width: number;
  height: number;
  /** `#rrggbb`, to fill the place of the picture while it loads. */
  dominantColor: string;
  thumbnails: Thumbnail[];
}

interface Upload {
  id: string;
  productId: string;
  contentType: ContentType;
  bytes: number;
  /** Of the file, in hexadecimal. */
  sha256?: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  correlationId: string;
}

export type Image = Upload &
  (
    | { status: 'PENDING' }
    | { status: 'REJECTED'; reason: RejectionReason }
    | ({ status: 'PROCESSED' } & Picture)
  );

export type PendingImage = Extract<Image, { status: 'PENDING' }>;
export type Verdict = { status: 'REJECTED'; reason: RejectionReason } | ({ status: 'PROCESSED' } & Picture);

/** PENDING → PROCESSED | REJECTED, and no further: another upload is another image. */
export const settled = (image: PendingImage, verdict: Verdict, at: string): Image => ({
  ...image,
  ...verdict,
  version: image.version + 1,
  updatedAt: at,
});

export const rejected = (reason: RejectionReason): Verdict => ({ status: 'REJECTED', reason });

export const uploadKey = (productId: string, imageId: string): string => `uploads/${productId}/${imageId}`;
export const thumbnailPath = (productId: string, imageId: string, file: string): string =>
  `${productId}/${imageId}/${file}`;

/** Everything that may stand in a key of the bucket: no dot, no slash, nothing to escape. */
export const PRODUCT_ID = /^[A-Za-z0-9_-]{1,64}$/;
