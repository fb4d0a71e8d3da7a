import type { IdempotentRequest, Reply } from '../../../shared/kernel/idempotency';
import { newId } from '../../../shared/kernel/ids';
import { isRefusal, type Refusal, refuse } from '../../../shared/kernel/refusal';
import { type Clock, iso } from '../../../shared/kernel/time';
import { backorderLimit, type Product } from '../domain/product';
import { addition, totalOf, withdrawal } from '../domain/shards';
import type { BackOffice, Change, Deed, Replies, StockRoom } from '../ports/back-office';

export interface MoveStock {
  productId: string;
  /** Units that came (positive) or are gone. */
  delta: number;
  reason: string;
  /** The version of the product that the mover saw; undefined: whatever there is. */
  version?: number;
  /** The `sub` of the member of staff. */
  actor: string;
  correlationId: string;
  request: IdempotentRequest;
}

interface Ports {
  backOffice: BackOffice;
  stockRoom: StockRoom;
  replies: Replies;
  clock: Clock;
  answer: (available: number) => Reply;
}

/** How often orders may take what was just seen. */
const TRIES = 5;

interface Planned {
  change: Pick<Change, 'stock' | 'seen'>;
  /** Units that can be ordered then. */
  available: number;
}

function refusalOf(product: Product | undefined, version: number | undefined): Refusal | undefined {
  if (!product) return refuse('NOT_FOUND', 'There is no such product.');
  return version === undefined || version === product.version
    ? undefined
    : refuse('STALE', 'The product has changed since. Look at it again.');
}

/** What is held by orders, or owed to them, is nobody's to take away. */
async function plan(ports: Ports, { productId, delta, version }: MoveStock): Promise<Planned | Refusal> {
  const found = await ports.backOffice.find(productId);
  const refusal = refusalOf(found, version);
  if (refusal) return refusal;
  const product = found as Product;
  const levels = await ports.stockRoom.read([productId]);
  const total = totalOf(levels) + delta;
  const available = product.status === 'active' ? total : 0;
  if (delta > 0)
    return { change: { stock: addition(productId, product.shards, delta), seen: { product } }, available };
  const limit = backorderLimit(product);
  const free = Math.max(totalOf(levels) - limit, 0);
  const stock = free + delta < 0 ? undefined : withdrawal(productId, levels, -delta);
  // With a backorder the shards have more than is free, so that they have enough says too little.
  if (stock) return { change: { stock, seen: { product, ...(limit > 0 ? { levels } : {}) } }, available };
  return refuse(
    'ILLEGAL_TRANSITION',
    `${free} units are not held or sold, so ${-delta} cannot be taken away.`,
  );
}

/** Restocks or adjusts: stock, ledger, audit entry and reply are one transaction. */
export async function moveStock(ports: Ports, command: MoveStock): Promise<Reply | Refusal> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const at = ports.clock();
    const planned = await plan(ports, command);
    if (isRefusal(planned)) return (await ports.replies.find(command.request, at)) ?? planned;
    const reply = ports.answer(planned.available);
    const saved = await ports.backOffice.save(
      { ...planned.change, movement: movementOf(command, at) },
      deedOf(command, at, reply),
    );
    if (saved.saved) return reply;
    if (saved.why === 'ANSWERED') return saved.answer;
  }
  return refuse('CONFLICT', 'Orders keep taking this stock. Send the same request again.', { retryAfter: 1 });
}

const movementOf = ({ productId, delta, reason, actor, correlationId }: MoveStock, at: number) => ({
  productId,
  id: newId('mov', at),
  kind: delta > 0 ? ('restock' as const) : ('adjust' as const),
  units: delta,
  reason,
  actor,
  at: iso(at),
  correlationId,
});

const deedOf = (
  { productId, delta, actor, correlationId, request }: MoveStock,
  at: number,
  reply: Reply,
): Deed => ({
  actor,
  action: 'move-stock',
  target: productId,
  at,
  correlationId,
  detail: { delta },
  answerTo: { request, reply },
});
