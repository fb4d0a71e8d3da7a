import { isRefusal, type Refusal, refuse } from '../../../shared/kernel/refusal';
import { type Clock, iso } from '../../../shared/kernel/time';
import { backorderLimit, editedProduct, type Product, type ProductEdit } from '../domain/product';
import { addition, totalOf, withdrawal } from '../domain/shards';
import type { StockChange } from '../domain/stock';
import type { BackOffice, StockRoom } from '../ports/back-office';
import { type ProductView, viewOf } from './product-view';
import { spreadStock } from './spread-stock';

export interface EditProduct {
  productId: string;
  edit: ProductEdit;
  /** The version that the editor saw; undefined: whatever there is. */
  version: number | undefined;
  /** The `sub` of the member of staff. */
  actor: string;
  correlationId: string;
}

interface Ports {
  backOffice: BackOffice;
  stockRoom: StockRoom;
  clock: Clock;
}

/** How often an order or another editor may come first. */
const TRIES = 5;

const stale = (): Refusal => refuse('STALE', 'The product has changed since. Look at it again.');

/** Why the product cannot be changed so, if so. */
function refusalOf(product: Product, { edit, version }: EditProduct): Refusal | undefined {
  if (version !== undefined && version !== product.version) return stale();
  if (product.status === 'retired')
    return refuse('ILLEGAL_TRANSITION', 'A product that is retired cannot be changed.');
  const { limit = 0, expectedAt } = edit.backorder ?? {};
  if (limit === 0 || expectedAt || product.backorder) return undefined;
  const detail = 'A backorder needs the date on which the units are expected.';
  return refuse('VALIDATION_FAILED', detail, { errors: [{ pointer: '/backorder/expectedAt', detail }] });
}

/** Units that may be ordered beyond the stock are part of what can be ordered, so that orders need not know of them. */
async function backorderChange(ports: Ports, from: Product, to: Product): Promise<StockChange[] | Refusal> {
  const more = backorderLimit(to) - backorderLimit(from);
  if (more === 0) return [];
  if (more > 0) return addition(from.id, from.shards, more);
  const levels = await ports.stockRoom.read([from.id]);
  const taken = withdrawal(from.id, levels, -more);
  if (taken) return taken;
  const owed = backorderLimit(from) - totalOf(levels);
  return refuse('ILLEGAL_TRANSITION', `${owed} units are owed to orders: the limit cannot be lower.`);
}

/** One try. Undefined: somebody else changed the product, or an order its stock. */
async function tryEdit(ports: Ports, command: EditProduct): Promise<Product | Refusal | undefined> {
  const { productId, edit, actor, correlationId, version } = command;
  const from = await ports.backOffice.find(productId);
  if (!from) return refuse('NOT_FOUND', 'There is no such product.');
  const refusal = refusalOf(from, command);
  if (refusal) return refusal;
  const at = ports.clock();
  const to = editedProduct(from, edit, iso(at));
  const stock = await backorderChange(ports, from, to);
  if (isRefusal(stock)) return stock;
  const saved = await ports.backOffice.save(
    { product: { from, to, cause: { correlationId, actor: 'staff' } }, stock },
    { actor, action: actionOf(edit), target: productId, at, correlationId, detail: { version: to.version } },
  );
  if (saved.saved) return to;
  return saved.why === 'STALE' && version !== undefined ? stale() : undefined;
}

/**
 * Changes a product on the condition that it still is as the editor saw it, and spreads its stock anew if asked to. Once
 * the change is made, nothing that orders do to the stock turns the answer into another.
 */
export async function editProduct(ports: Ports, command: EditProduct): Promise<ProductView | Refusal> {
  const { edit } = command;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const product = await tryEdit(ports, command);
    if (isRefusal(product)) return product;
    if (!product) continue;
    if (edit.stockShards !== undefined || edit.backorder) await spreadStock(ports, product);
    return viewOf(product, totalOf(await ports.stockRoom.glance(product)));
  }
  return refuse('CONFLICT', 'Others keep changing the product. Send the same request again.', {
    retryAfter: 1,
  });
}

const actionOf = ({ status }: ProductEdit): string =>
  status === 'retired' ? 'retire-product' : 'change-product';
