import type { ProductEdit } from '../../../services/inventory/domain/product';
import { createProduct } from '../../../services/inventory/use-cases/create-product';
import { editProduct } from '../../../services/inventory/use-cases/edit-product';
import { moveStock } from '../../../services/inventory/use-cases/move-stock';
import type { ProductView } from '../../../services/inventory/use-cases/product-view';
import type { Reply } from '../../../shared/kernel/idempotency';
import type { Refusal } from '../../../shared/kernel/refusal';
import type { MemoryBackOffice } from './memory-back-office';
import { NOON } from './saga';

const json = (status: number, body: unknown): Reply => ({ status, headers: {}, body: JSON.stringify(body) });

export const facts = {
  name: 'Mug',
  description: 'Blue',
  category: 'table',
  price: { amount: 1450, currency: 'EUR' },
};

/** What the staff do, each deed a request of its own. */
export class Staff {
  private requests = 0;
  constructor(private readonly office: MemoryBackOffice) {}

  private get ports() {
    return { backOffice: this.office, stockRoom: this.office, replies: this.office, clock: () => NOON };
  }

  private by(key?: string) {
    this.requests += 1;
    const recordKey = key ?? `request-${this.requests}`;
    return { actor: 'staff-1', correlationId: 'cor_1', request: { recordKey, fingerprint: recordKey } };
  }

  async create(stock: number, key?: string): Promise<ProductView> {
    const answer = (view: ProductView) => json(201, view);
    const reply = await createProduct({ ...this.ports, answer }, { facts, stock, ...this.by(key) });
    return JSON.parse((reply as Reply).body);
  }

  edit(productId: string, edit: ProductEdit, version?: number): Promise<ProductView | Refusal> {
    return editProduct(this.ports, { productId, edit, version, ...this.by() });
  }

  async move(productId: string, delta: number, key?: string, version?: number): Promise<number | Refusal> {
    const answer = (available: number) => json(200, { available });
    const command = { productId, delta, reason: 'Counted', version, ...this.by(key) };
    const reply = await moveStock({ ...this.ports, answer }, command);
    return 'refused' in reply ? reply : JSON.parse(reply.body).available;
  }
}
