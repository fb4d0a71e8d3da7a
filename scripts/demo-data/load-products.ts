import type { Product } from '../../services/inventory/domain/product';
import { Problem } from '../local/problem';
import { waitUntil } from '../local/wait-until';
import type { Catalogue } from './catalogue';
import { type DemoProduct, demoProducts } from './products';

type Log = (line: string) => void;

interface Loading {
  catalogue: Catalogue;
  log: Log;
  /** Milliseconds to wait for the price list before doing something about it. */
  patience: number;
}

const SECOND = 1000;

/** An event takes a second or two from the table to the price list; a cold stack takes ten. */
const PATIENCE = 20 * SECOND;

/** The products that the price list does not have at these versions, once it has all or patience ends. */
async function waitForPrices({ catalogue, log, patience }: Loading, products: Product[]): Promise<Product[]> {
  let missing = products;
  await waitUntil(
    async () => {
      const versions = await catalogue.priced(products.map(({ id }) => id));
      const before = missing.length;
      missing = products.filter(({ id, version }) => (versions.get(id) ?? 0) < version);
      if (missing.length < before && missing.length > 0) {
        log(`${products.length - missing.length} of ${products.length} prices have reached the order desk`);
      }
      return missing.length === 0;
    },
    { limit: patience, every: 200 },
  );
  return missing;
}

/** Loads the demo catalogue and waits until orders can price all of it. Stock that customers bought stays bought. */
export async function loadProducts(catalogue: Catalogue, log: Log, patience = PATIENCE): Promise<void> {
  const loading = { catalogue, log, patience };
  const products = await Promise.all(demoProducts.map((product) => catalogue.save(product)));
  log(`${products.length} products are on the shelves`);
  const missing = await waitForPrices(loading, products);
  const lost = demoProducts.filter(({ id }) => missing.some((product) => product.id === id));
  if (lost.length > 0) await publishAgain(loading, lost);
  log('Every product has its price at the order desk');
}

/** A stack that was killed may have lost an event; a new version of the product sends it again. */
async function publishAgain(loading: Loading, lost: DemoProduct[]): Promise<void> {
  const { catalogue, log } = loading;
  log(`${lost.length} prices have not arrived; publishing those products again`);
  const products = await Promise.all(lost.map((product) => catalogue.save(product, true)));
  const missing = await waitForPrices(loading, products);
  if (missing.length === 0) return;
  throw new Problem(
    `The price list has not received ${missing.map(({ id }) => id).join(', ')}.`,
    'Look into the logs of publishProductEvents and updatePriceList, and into the queues product-stream-dlq and price-list-dlq',
  );
}
