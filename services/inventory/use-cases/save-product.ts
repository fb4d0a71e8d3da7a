import { newId } from '../../../shared/kernel/ids';
import { type Clock, iso } from '../../../shared/kernel/time';
import type { Movement } from '../domain/ledger';
import { changedProduct, newProduct, type Product, type ProductFacts, sameFacts } from '../domain/product';
import type { BackOffice, Change } from '../ports/back-office';
import type { Cause } from '../ports/products';

export interface SaveProduct {
  id: string;
  facts: ProductFacts;
  /** Units it starts with; a product that is there keeps what it has. */
  stock: number;
  /** A new version even if nothing differs, so that its event goes out once more. */
  again?: boolean;
  cause: Cause;
}

const TRIES = 3;

/** A new product with the stock it starts with, which is the first movement of its ledger. */
export function creation(
  product: Product,
  { stock, cause, actor }: { stock: number; cause: Cause; actor: string },
): Change {
  const movement: Movement = {
    productId: product.id,
    id: newId('mov', Date.parse(product.createdAt)),
    kind: 'opening',
    units: stock,
    reason: 'Opening stock',
    actor,
    at: product.createdAt,
    correlationId: cause.correlationId,
  };
  return {
    product: { from: undefined, to: product, cause },
    stock: [{ productId: product.id, shard: 0, units: stock }],
    movement,
  };
}

/**
 * The product as `facts` say, created with its stock or changed where they differ.
 * @throws Error when somebody else kept changing the product
 */
export async function saveProduct(
  ports: { backOffice: BackOffice; clock: Clock },
  { id, facts, stock, again = false, cause }: SaveProduct,
): Promise<Product> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const found = await ports.backOffice.find(id);
    if (found && sameFacts(found, facts) && !again) return found;
    const at = iso(ports.clock());
    const product = found ? changedProduct(found, facts, at) : newProduct(id, facts, at);
    const change = found
      ? { product: { from: found, to: product, cause } }
      : creation(product, { stock, cause, actor: cause.actor });
    if ((await ports.backOffice.save(change)).saved) return product;
  }
  throw new Error(`Product ${id} changed ${TRIES} times while it was being saved`);
}
