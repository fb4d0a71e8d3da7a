import { makeEvent } from '../../../events/envelope';
import { stockLow } from '../../../events/stock-events';
import type { Clock } from '../../../shared/kernel/time';
import { backorderLimit, type Product } from '../domain/product';
import { evening, isLopsided, totalOf } from '../domain/shards';
import type { ShardLevel } from '../domain/stock';
import { isAbandoned, type StockWatch, watchAfter } from '../domain/stock-watch';
import type { StockRoom } from '../ports/back-office';
import type { Products } from '../ports/products';
import type { StockAlerts, StockMoved, Watches } from '../ports/stock-alerts';

interface Ports {
  products: Pick<Products, 'findNow'>;
  stockRoom: Pick<StockRoom, 'read' | 'shift'>;
  watches: Watches;
  alerts: StockAlerts;
  clock: Clock;
}

interface Rules {
  /** The stage's threshold. */
  lowStockBelow: number;
  correlationId: string;
}

/** Other readers may look at the same product at once. */
const TRIES = 5;

/** A product and its stock, compared with the threshold. */
interface Seen {
  product: Product;
  levels: ShardLevel[];
  stock: number;
  threshold: number;
}

async function see(ports: Ports, { lowStockBelow }: Rules, productId: string): Promise<Seen | undefined> {
  const product = await ports.products.findNow(productId);
  if (!product) return undefined;
  const levels = await ports.stockRoom.read([productId]);
  const stock = totalOf(levels) - backorderLimit(product);
  return { product, levels, stock, threshold: product.lowStockBelow ?? lowStockBelow };
}

/** What orders got before when staff spread the stock, or what came back to few of its rows: the sum stays. */
async function evenOut({ stockRoom }: Ports, { product: { id, shards }, levels }: Seen): Promise<void> {
  if (isLopsided(levels, shards)) await stockRoom.shift(evening(id, levels, shards));
}

/**
 * Compares the stock as it is now with the threshold. Whoever writes the crossing tells it.
 * @returns true when there was nothing to write
 * @throws Error when another reader is telling the same crossing, or was and died: the batch comes again
 */
async function look(ports: Ports, rules: Rules, { productId, openedWith }: StockMoved): Promise<boolean> {
  const seen = await see(ports, rules, productId);
  if (!seen) return true;
  await evenOut(ports, seen);
  const found = await ports.watches.find(productId);
  const low = seen.product.status === 'active' && seen.stock < seen.threshold;
  const startedLow = openedWith !== undefined && openedWith < seen.threshold;
  const next = watchAfter(found, { productId, low, startedLow, now: ports.clock() });
  if (!next) {
    if (found && !found.told) await takeOver(ports, rules, found, seen);
    return true;
  }
  const saved = await ports.watches.save(next);
  if (saved && next.crossing !== (found?.crossing ?? 0)) await tell(ports, rules, next, seen);
  return false;
}

/** Looks again after each write: the stock may have moved on before it, and nobody else would see that. */
async function watchProduct(ports: Ports, rules: Rules, moved: StockMoved): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) if (await look(ports, rules, moved)) return;
  throw new Error(`The stock of ${moved.productId} kept crossing its threshold`);
}

async function takeOver(ports: Ports, rules: Rules, watch: StockWatch, seen: Seen): Promise<void> {
  if (!isAbandoned(watch, ports.clock()))
    throw new Error(`Crossing ${watch.crossing} of ${watch.productId} is being told`);
  await tell(ports, rules, watch, seen);
}

async function tell(
  { alerts, watches, clock }: Ports,
  { correlationId }: Rules,
  watch: StockWatch,
  { product, stock, threshold }: Seen,
): Promise<void> {
  await alerts.publish(
    makeEvent(stockLow, {
      id: `${product.id}:low:${watch.crossing}`,
      subject: product.id,
      at: clock(),
      correlationId,
      actor: 'system',
      data: { productId: product.id, name: product.name, stock, threshold },
    }),
  );
  await watches.mark(watch);
}

/** Looks at each product of a batch once. */
export async function watchStock(ports: Ports, rules: Rules, moves: readonly StockMoved[]): Promise<void> {
  const opened = new Map<string, number | undefined>();
  for (const { productId, openedWith } of moves) opened.set(productId, opened.get(productId) ?? openedWith);
  for (const [productId, openedWith] of opened) await watchProduct(ports, rules, { productId, openedWith });
}
