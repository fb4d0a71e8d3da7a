import type { IdempotentRequest, Reply } from '../../../shared/kernel/idempotency';
import { isRefusal, type Refusal, refuse } from '../../../shared/kernel/refusal';
import type { Clock } from '../../../shared/kernel/time';
import type { LineTrouble } from '../domain/fulfilment';
import type { Order } from '../domain/order';
import type { WantedLine } from '../domain/pricing';
import type { FulfilmentChange, FulfilsOrders } from '../ports/fulfilment';
import type { RepliesToRequests } from '../ports/orders';

/** How often another writer may win before the client is asked to come again. */
const TRIES = 5;

export interface FulfilmentPorts {
  orders: FulfilsOrders;
  replies: RepliesToRequests;
  clock: Clock;
}

export interface FulfilmentCommand {
  orderId: string;
  correlationId: string;
  request: IdempotentRequest;
  /** The version the caller saw, where they say so. */
  ifMatch?: number;
}

/** What is written, and what the caller is told of it. */
interface Decision {
  change: FulfilmentChange;
  reply: Reply;
}

export const NO_ORDER = refuse('NOT_FOUND', 'There is no such order.');

/**
 * Looks at the order, decides, writes it all at once; looks again when somebody else wrote first. Before a refusal the
 * record is read: what was answered before is answered so again.
 */
export async function changeFulfilment(
  { orders, replies, clock }: FulfilmentPorts,
  { orderId, request, ifMatch }: FulfilmentCommand,
  decide: (order: Order, now: number) => Promise<Decision | Refusal>,
): Promise<Reply | Refusal> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const now = clock();
    const order = await orders.get(orderId);
    const decision = await judge(order, ifMatch, (seen) => decide(seen, now));
    if (isRefusal(decision)) return (await replies.find(request, now)) ?? decision;
    const { change, reply } = decision;
    const saved = await orders.save(change, { request, reply, now });
    if (saved.saved) return reply;
    if (!saved.stale) return saved.answer;
  }
  return refuse('CONFLICT', 'The order keeps changing. Send the same request again.', { retryAfter: 1 });
}

/** A version that the caller saw and that is no longer the current one is told before anything else. */
async function judge<Decision>(
  order: Order | undefined,
  ifMatch: number | undefined,
  decide: (order: Order) => Promise<Decision | Refusal>,
): Promise<Decision | Refusal> {
  if (!order) return NO_ORDER;
  return ifMatch === undefined || ifMatch === order.version ? decide(order) : stale(order);
}

const stale = ({ version }: Order): Refusal =>
  refuse('STALE', `The order is of version ${version} now; look at it again.`);

/** Why lines cannot move, with the place of the line in the body. */
export function refuseLine(
  trouble: LineTrouble,
  asSent: readonly WantedLine[],
  words: { notThere: string; left: (units: number) => string },
): Refusal {
  const index = asSent.findIndex(({ productId }) => productId === trouble.productId);
  if (trouble.outcome === 'NOT_IN_ORDER') {
    const errors = [{ pointer: `/lines/${index}/productId`, detail: words.notThere }];
    return refuse('PRODUCT_UNKNOWN', words.notThere, { errors });
  }
  const detail = words.left(trouble.left);
  return refuse('ILLEGAL_TRANSITION', detail, {
    errors: [{ pointer: `/lines/${index}/quantity`, detail }],
  });
}
