import type { IdempotentRequest, Reply } from '../../../shared/kernel/idempotency';
import { newId } from '../../../shared/kernel/ids';
import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import { type Clock, iso } from '../../../shared/kernel/time';
import { newProduct, type ProductFacts } from '../domain/product';
import type { BackOffice } from '../ports/back-office';
import { type ProductView, viewOf } from './product-view';
import { creation } from './save-product';

export interface CreateProduct {
  facts: ProductFacts;
  stock: number;
  /** The `sub` of the member of staff. */
  actor: string;
  correlationId: string;
  request: IdempotentRequest;
}

/** Product, listing, stock, ledger, audit entry and reply are one transaction. */
export async function createProduct(
  ports: { backOffice: BackOffice; clock: Clock; answer: (view: ProductView) => Reply },
  { facts, stock, actor, correlationId, request }: CreateProduct,
): Promise<Reply | Refusal> {
  const at = ports.clock();
  const product = newProduct(newId('prd', at), facts, iso(at));
  const reply = ports.answer(viewOf(product, stock));
  const change = creation(product, { stock, cause: { correlationId, actor: 'staff' }, actor });
  const saved = await ports.backOffice.save(change, {
    actor,
    action: 'create-product',
    target: product.id,
    at,
    correlationId,
    detail: { stock },
    answerTo: { request, reply },
  });
  if (saved.saved) return reply;
  return saved.why === 'ANSWERED'
    ? saved.answer
    : refuse('CONFLICT', 'The product could not be created. Send the same request again.', { retryAfter: 1 });
}
