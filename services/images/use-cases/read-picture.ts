import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import { thumbnailPath } from '../domain/image';
import { FILES } from '../domain/thumbnails';
import type { ReadsGallery } from '../ports/files';

export interface PictureFile {
  bytes: Uint8Array;
  type: string;
  etag: string;
}

/** A file that was made here, with the type it was made as. */
export async function readPicture(
  { gallery }: { gallery: ReadsGallery },
  { productId, imageId, file }: { productId: string; imageId: string; file: string },
): Promise<PictureFile | Refusal> {
  const type = FILES[file];
  const found = type && (await gallery.thumbnail(thumbnailPath(productId, imageId, file)));
  return found ? { ...found, type } : refuse('NOT_FOUND', 'There is no such picture.');
}
