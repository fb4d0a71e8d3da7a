import type { Image } from '../domain/image';
import type { ListsImages } from '../ports/images';

/** The uploads of a product, newest first, and what became of each. */
export const listImages = (
  { images }: { images: ListsImages },
  { productId, ...page }: { productId: string; limit: number; before?: string },
): Promise<{ images: Image[]; last?: string }> => images.list(productId, page);
