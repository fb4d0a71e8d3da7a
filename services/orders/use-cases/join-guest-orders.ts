import { orderJoined } from '../../../events/hold-events';
import type { IdempotentRequest, Reply } from '../../../shared/kernel/idempotency';
import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import { type Clock, iso } from '../../../shared/kernel/time';
import { isGuestOrder } from '../domain/guest';
import type { Order } from '../domain/order';
import type { KnowsVerifiedEmails } from '../ports/accounts';
import type { FindsGuestOrders, SavesTogether } from '../ports/guest-orders';
import type { HidesEmails } from '../ports/guests';
import type { Change, RepliesToRequests } from '../ports/orders';
import { basicsOf, changeWith } from './order-change';

export interface JoinGuestOrders {
  customerId: string;
  correlationId: string;
  request: IdempotentRequest;
}

export interface Joined {
  joined: number;
  /** There may be others: the same call again, under another key, takes them. */
  more: boolean;
}

interface Ports {
  orders: FindsGuestOrders & SavesTogether;
  accounts: KnowsVerifiedEmails;
  emails: HidesEmails;
  replies: RepliesToRequests;
  clock: Clock;
  answer: (joined: Joined) => Reply;
}

/** Two rows each and the reply's record: half of what one transaction takes. */
const PAGE = 25;

const TRIES = 5;

/** All orders of a page move in one write, or none; an address nobody has verified moves none. */
export async function joinGuestOrders(ports: Ports, command: JoinGuestOrders): Promise<Reply | Refusal> {
  const email = await ports.accounts.verifiedEmailOf(command.customerId);
  const emailHash = email && (await ports.emails.hashOf(email));
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const now = ports.clock();
    const page = emailHash ? await ports.orders.listByEmail(emailHash, { limit: PAGE }) : { orders: [] };
    // The index lags behind the rows: what was joined since is an account's.
    const changes = page.orders.filter(isGuestOrder).map((order) => joining(order, command, now));
    const reply = ports.answer({ joined: changes.length, more: page.last !== undefined });
    if (changes.length === 0) return (await ports.replies.find(command.request, now)) ?? reply;
    const saved = await ports.orders.saveAll(changes, { request: command.request, reply, now });
    if (saved.saved) return reply;
    if (!saved.stale) return saved.answer;
  }
  return refuse('CONFLICT', 'The orders keep changing. Send the same request again.', { retryAfter: 1 });
}

function joining(order: Order, { customerId, correlationId }: JoinGuestOrders, at: number): Change {
  const joined: Order = {
    ...order,
    customerId,
    emailHash: undefined,
    version: order.version + 1,
    updatedAt: iso(at),
  };
  return changeWith(joined, orderJoined, basicsOf(joined), { at, actor: 'customer', correlationId });
}
