import { type Clock, iso } from '../../../shared/kernel/time';
import type { ProductImage } from '../domain/product';
import { withPicture } from '../domain/product-images';
import type { BackOffice } from '../ports/back-office';

export interface AttachProductImage {
  productId: string;
  imageId: string;
  files: ProductImage[];
  correlationId: string;
}

/** How often another writer of the product may win. */
const TRIES = 5;

/**
 * Puts a picture onto its product and raises its version; told again it changes nothing.
 * @throws Error when the product is not to be found, or others kept changing it: it may be so the next time
 */
export async function attachProductImage(
  { backOffice, clock }: { backOffice: BackOffice; clock: Clock },
  { productId, imageId, files, correlationId }: AttachProductImage,
): Promise<'ATTACHED' | 'UNCHANGED'> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const found = await backOffice.find(productId);
    if (!found) throw new Error(`There is no product ${productId}`);
    const to = withPicture(found, imageId, files, iso(clock()));
    if (!to) return 'UNCHANGED';
    const cause = { correlationId, actor: 'staff' } as const;
    if ((await backOffice.save({ product: { from: found, to, cause } })).saved) return 'ATTACHED';
  }
  throw new Error(`Product ${productId} changed ${TRIES} times while its picture was put onto it`);
}
