import type { Movement } from '../../../services/inventory/domain/ledger';
import type { Product } from '../../../services/inventory/domain/product';
import type { Search } from '../../../services/inventory/domain/search';
import { netOf, type Shift } from '../../../services/inventory/domain/shards';
import type { ShardLevel } from '../../../services/inventory/domain/stock';
import type {
  BackOffice,
  Change,
  Deed,
  Movements,
  Replies,
  SavedChange,
  Shifted,
  StockRoom,
} from '../../../services/inventory/ports/back-office';
import type { Found, ProductSearch, Products, Shelves } from '../../../services/inventory/ports/products';
import type { IdempotentRequest, Reply } from '../../../shared/kernel/idempotency';
import { MemoryTables } from './memory-tables';

/** Products, listing, movements, audit log and replies as their ports describe them, over the same stock as orders use. */
export class MemoryBackOffice
  implements BackOffice, StockRoom, Movements, Replies, Products, Shelves, ProductSearch
{
  readonly products = new Map<string, Product>();
  readonly movements: Movement[] = [];
  readonly deeds: Deed[] = [];
  readonly replies = new Map<string, Reply>();
  saves = 0;
  /** Somebody else's write, made just before ours. */
  meanwhile?: () => void;
  /** Others keep writing to the stock. */
  busy = false;

  constructor(readonly tables = new MemoryTables()) {}

  async find(id: string): Promise<Product | undefined>;
  async find(request: IdempotentRequest, now: number): Promise<Reply | undefined>;
  // biome-ignore lint/suspicious/noExplicitAny: two ports name their look-up alike
  async find(what: any): Promise<any> {
    await this.tables.yields();
    return typeof what === 'string' ? this.products.get(what) : this.replies.get(what.recordKey);
  }

  findNow = (id: string) => this.find(id);

  async save(change: Change, deed?: Deed): Promise<SavedChange> {
    await this.tables.yields();
    this.meanwhile?.();
    const before = deed?.answerTo && this.replies.get(deed.answerTo.request.recordKey);
    if (before) return { saved: false, why: 'ANSWERED', answer: before };
    const { product, stock = [], movement, seen } = change;
    const why = this.differs(seen);
    if (why) return { saved: false, why };
    if (product && this.products.get(product.to.id)?.version !== product.from?.version)
      return { saved: false, why: 'STALE' };
    if (!this.tables.move(stock)) return { saved: false, why: 'SHORT' };
    if (product) this.put(product.to);
    if (movement) this.movements.push(movement);
    if (deed) this.deeds.push(deed);
    if (deed?.answerTo) this.replies.set(deed.answerTo.request.recordKey, deed.answerTo.reply);
    this.saves += 1;
    return { saved: true };
  }

  private differs(seen: Change['seen']): 'STALE' | 'SHORT' | undefined {
    if (!seen) return undefined;
    const { product, levels = [] } = seen;
    if (this.products.get(product.id)?.version !== product.version) return 'STALE';
    const isSo = ({ productId, shard, available }: ShardLevel) =>
      this.tables.stock.get(`${productId}#${shard}`) === available;
    return levels.every(isSo) ? undefined : 'SHORT';
  }

  async read(productIds: readonly string[]): Promise<ShardLevel[]> {
    return this.tables.read(productIds);
  }

  glance = ({ id }: Pick<Product, 'id'>) => this.read([id]);

  async shift(shifts: readonly Shift[]): Promise<Shifted> {
    await this.tables.yields();
    if (this.busy) return 'BUSY';
    return this.tables.move(netOf(shifts)) ? 'DONE' : 'SHORT';
  }

  async list(...[first, second, third]: [string | number, (string | number)?, string?]): Promise<never[]> {
    const found =
      typeof first === 'string'
        ? page(
            this.movements.filter(({ productId }) => productId === first),
            Number(second),
            third,
          )
        : page(this.forSale(), first, second as string | undefined);
    return found as never[];
  }

  async search({ by, and }: Search, limit: number, before?: string): Promise<Found> {
    const fits = ({ tokens }: Product) => [by, ...and].every((token) => tokens.includes(token));
    const found = page(this.forSale().filter(fits), limit + 1, before);
    return {
      products: found.slice(0, limit),
      next: found.length > limit ? found[limit - 1]?.id : undefined,
    };
  }

  private forSale = () => [...this.products.values()].filter(({ status }) => status === 'active');

  private put(product: Product): void {
    this.products.set(product.id, product);
    this.tables.aims.set(product.id, product.shards);
  }
}

const page = <T extends { id: string }>(all: T[], limit: number, before = '~'): T[] =>
  all
    .filter(({ id }) => id < before)
    .toSorted((a, b) => (a.id < b.id ? 1 : -1))
    .slice(0, limit);
