import type { IdempotentRequest, Reply } from '../../../shared/kernel/idempotency';
import { newId } from '../../../shared/kernel/ids';
import { isRefusal, type Refusal, refuse } from '../../../shared/kernel/refusal';
import { type Clock, iso } from '../../../shared/kernel/time';
import { backorderLimit, type Product } from '../domain/product';
import { addition, totalOf, withdrawal } from '../domain/shards';
import type { StockChange } from '../domain/stock';
import type { BackOffice, Deed, Replies, StockRoom } from '../ports/back-office';

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
  stock: StockChange[];
  available: number;
}

/** What is held by orders, or owed to them, is nobody's to take away. */
async function plan(ports: Ports, product: Product, delta: number): Promise<Planned | Refusal> {
  const levels = await ports.stockRoom.read([product.id]);
  const available = totalOf(levels) + delta;
  if (delta > 0) return { stock: addition(product.id, product.shards, delta), available };
  const free = Math.max(totalOf(levels) - backorderLimit(product), 0);
  const stock = free + delta < 0 ? undefined : withdrawal(product.id, levels, -delta);
  if (stock) return { stock, available };
  return refuse(
    'ILLEGAL_TRANSITION',
    `${free} units are not held or sold, so ${-delta} cannot be taken away.`,
  );
}

function refusalOf(product: Product | undefined, { version }: MoveStock): Refusal | undefined {
  if (!product) return refuse('NOT_FOUND', 'There is no such product.');
  return version === undefined || version === product.version
    ? undefined
    : refuse('STALE', 'The product has changed since. Look at it again.');
}

/** Restocks or adjusts: stock, ledger, audit entry and reply are one transaction. */
export async function moveStock(ports: Ports, command: MoveStock): Promise<Reply | Refusal> {
  const { productId, delta } = command;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const at = ports.clock();
    const product = await ports.backOffice.find(productId);
    const planned = refusalOf(product, command) ?? (await plan(ports, product as Product, delta));
    if (isRefusal(planned)) return (await ports.replies.find(command.request, at)) ?? planned;
    const reply = ports.answer(product?.status === 'active' ? planned.available : 0);
    const saved = await ports.backOffice.save(
      { stock: planned.stock, movement: movementOf(command, at) },
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
