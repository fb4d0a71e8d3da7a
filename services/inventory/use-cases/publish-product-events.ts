import { makeEvent } from '../../../events/envelope';
import { productChanged, productCreated, productRetired } from '../../../events/product-events';
import type { Product } from '../domain/product';
import type { Cause, EventBus, ProductEvent } from '../ports/products';

export interface ProductVersion {
  product: Product;
  cause: Cause;
}

const contractOf = ({ status, version }: Product) => {
  if (status === 'retired') return productRetired;
  return version === 1 ? productCreated : productChanged;
};

/** The id is made of the product and its version: the same version told twice is the same event. */
const eventOf = ({ product, cause }: ProductVersion): ProductEvent =>
  makeEvent(contractOf(product), {
    id: `${product.id}:${product.version}`,
    subject: product.id,
    at: Date.parse(product.updatedAt),
    correlationId: cause.correlationId,
    actor: cause.actor,
    data: { productId: product.id, name: product.name, price: product.price, version: product.version },
  }) as ProductEvent;

/** Tells the bus of each version. @throws when one was not taken; the same call again is harmless */
export const publishProductEvents = (
  { bus }: { bus: EventBus },
  versions: readonly ProductVersion[],
): Promise<void> => bus.publish(versions.map(eventOf));
