import type { ImageFile } from '../../../events/image-events';
import { type Image, type RejectionReason, type Thumbnail, thumbnailPath } from '../domain/image';

/** An upload as staff see it. */
export interface ImageView {
  id: string;
  status: Image['status'];
  reason?: RejectionReason;
  contentType: string;
  bytes: number;
  width?: number;
  height?: number;
  dominantColor?: string;
  images: ImageFile[];
  createdAt: string;
  updatedAt: string;
}

/** Rows know names of files; where these are served is a matter of the stage. */
export const fileOf =
  (baseUrl: string, { productId, id }: Pick<Image, 'productId' | 'id'>) =>
  ({ file, width, height, type, bytes }: Thumbnail): ImageFile => ({
    url: `${baseUrl}/${thumbnailPath(productId, id, file)}`,
    width,
    height,
    type,
    bytes,
  });

export function viewOf(image: Image, baseUrl: string): ImageView {
  const { id, status, contentType, bytes, createdAt, updatedAt } = image;
  const base = { id, status, contentType, bytes };
  const times = { createdAt, updatedAt };
  if (image.status === 'REJECTED') return { ...base, reason: image.reason, images: [], ...times };
  if (image.status === 'PENDING') return { ...base, images: [], ...times };
  const { width, height, dominantColor, thumbnails } = image;
  const images = thumbnails.map(fileOf(baseUrl, image));
  return { ...base, width, height, dominantColor, images, ...times };
}
