import { orderPlaced } from '../../../events/order-events';
import type { IdempotentRequest, Reply } from '../../../shared/kernel/idempotency';
import { newId } from '../../../shared/kernel/ids';
import { type Money, sameMoney } from '../../../shared/kernel/money';
import { isRefusal, type Refusal, refuse } from '../../../shared/kernel/refusal';
import { type Clock, iso } from '../../../shared/kernel/time';
import type { Address, Contact, Order } from '../domain/order';
import type { Quote, WantedLine } from '../domain/pricing';
import type { PlacesOrders, RepliesToRequests } from '../ports/orders';
import type { PriceList } from '../ports/price-list';
import { changeWith, contentOf } from './order-change';
import { quoteOrder } from './quote-order';

export interface PlaceOrder {
  customerId: string;
  /** Whose orders of a minute are counted. */
  caller: string;
  correlationId: string;
  request: IdempotentRequest;
  items: WantedLine[];
  paymentToken: string;
  contact?: Contact;
  /** Of a guest alone. */
  emailHash?: string;
  shippingAddress?: Address;
  expectedTotal?: Money;
  onUnavailable?: 'reject' | 'ask';
}

export interface PlacingPorts {
  prices: PriceList;
  orders: PlacesOrders;
  replies: RepliesToRequests;
  clock: Clock;
  /** Shapes the reply that is stored with the order and repeated to the byte. */
  answer: (order: Order) => Reply;
  quoteView: (quote: Quote) => unknown;
}

/** docs/rules.md, 1: priced by our own list, then order, event and reply in one write. */
export async function placeOrder(ports: PlacingPorts, command: PlaceOrder): Promise<Reply | Refusal> {
  const now = ports.clock();
  const quote = await quoteOrder(ports, command.items);
  const refusal = isRefusal(quote) ? quote : priceChanged(quote, command.expectedTotal, ports.quoteView);
  if (refusal) {
    // What was accepted before stays accepted, though prices have moved since.
    return (await ports.replies.find(command.request, now)) ?? refusal;
  }
  const order = newOrder(command, quote as Quote, now);
  const change = changeWith(order, orderPlaced, contentOf(order), {
    at: now,
    actor: 'customer',
    correlationId: command.correlationId,
  });
  const answerTo = { request: command.request, reply: ports.answer(order), now };
  return ports.orders.place({ ...change, starts: order.attempt }, answerTo, command.caller);
}

function priceChanged(
  quote: Quote,
  expected: Money | undefined,
  view: (quote: Quote) => unknown,
): Refusal | undefined {
  if (!expected || sameMoney(expected, quote.total)) return undefined;
  return refuse('PRICE_CHANGED', 'The total is not what was expected; `quote` has the prices of now.', {
    extra: { quote: view(quote) },
  });
}

function newOrder(command: PlaceOrder, { items, total }: Quote, now: number): Order {
  return {
    id: newId('ord', now),
    customerId: command.customerId,
    status: 'PENDING',
    paymentStatus: 'PENDING',
    fulfilmentStatus: 'UNFULFILLED',
    items,
    total,
    version: 1,
    attempt: 1,
    owed: true,
    createdAt: iso(now),
    updatedAt: iso(now),
    correlationId: command.correlationId,
    contact: command.contact,
    emailHash: command.emailHash,
    shippingAddress: command.shippingAddress,
    onUnavailable: command.onUnavailable === 'ask' ? 'ask' : undefined,
    paymentToken: command.paymentToken,
  };
}
