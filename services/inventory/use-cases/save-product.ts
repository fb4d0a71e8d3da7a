import { type Clock, iso } from '../../../shared/kernel/time';
import { changedProduct, newProduct, type Product, type ProductFacts, sameFacts } from '../domain/product';
import type { Cause, Products, StockRoom } from '../ports/products';

export interface SaveProduct {
  id: string;
  facts: ProductFacts;
  /** Units it starts with; a product that has stock keeps what it has. */
  stock: number;
  /** A new version even if nothing differs, so that its event goes out once more. */
  again?: boolean;
  cause: Cause;
}

const TRIES = 3;

/**
 * The product as `facts` say, created or changed where they differ, and its stock opened where it has none.
 * @throws Error when somebody else kept changing the product
 */
export async function saveProduct(
  ports: { products: Products; stockRoom: StockRoom; clock: Clock },
  { id, facts, stock, again = false, cause }: SaveProduct,
): Promise<Product> {
  // Stock first: whoever sees the product can be told how much there is of it.
  await ports.stockRoom.open(id, stock);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const found = await ports.products.find(id);
    if (found && sameFacts(found, facts) && !again) return found;
    const at = iso(ports.clock());
    const product = found ? changedProduct(found, facts, at) : newProduct(id, facts, at);
    if (await ports.products.save(product, cause)) return product;
  }
  throw new Error(`Product ${id} changed ${TRIES} times while it was being saved`);
}
