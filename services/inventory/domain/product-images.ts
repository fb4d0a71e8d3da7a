import type { Product, ProductImage } from './product';

/** Pictures of one product: as many as images gives out, four files each. */
const MOST_FILES = 80;

const sameFile = (a: ProductImage, b: ProductImage | undefined): boolean =>
  a.url === b?.url && a.width === b.width && a.height === b.height && a.type === b.type;

/**
 * The product with the files of one picture, in place of what it had of the same picture; undefined when nothing
 * differs. The picture's id is part of every address of its files.
 */
export function withPicture(
  product: Product,
  pictureId: string,
  files: ProductImage[],
  at: string,
): Product | undefined {
  const isOfPicture = ({ url }: ProductImage) => url.includes(`/${pictureId}/`);
  const before = product.images.filter(isOfPicture);
  if (before.length === files.length && before.every((one, n) => sameFile(one, files[n]))) return undefined;
  const others = product.images.filter((image) => !isOfPicture(image));
  const images = [...others, ...files].slice(-MOST_FILES);
  return { ...product, images, version: product.version + 1, updatedAt: at };
}
