import type { CloudEvent } from '../../../events/envelope';
import type { StepRecord } from '../../../events/order-events';
import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import type { Order } from '../domain/order';
import type { OrderMessage } from '../domain/order-message';
import type { PagesOrderHistory, RecordedEvent } from '../ports/order-history';
import type { OrderMessages } from '../ports/order-messages';
import type { FindsOrders } from '../ports/orders';

export interface TimelineItem {
  at: string;
  kind: 'event' | 'step' | 'payment' | 'message';
  correlationId: string;
  attempt?: number;
  [fact: string]: unknown;
}

/** The last event of the page before: its version, and its time, up to which messages were told. */
export interface TimelinePosition {
  version: number;
  at: string;
}

interface Query {
  orderId: string;
  limit: number;
  after?: TimelinePosition;
}

interface Ports {
  orders: FindsOrders;
  history: PagesOrderHistory;
  messages: OrderMessages;
}

/** Events that tell of money alone. */
const PAYMENTS = ['order.payment-changed', 'order.refunded'];

interface Facts {
  attempt?: number;
  steps?: StepRecord[];
}

/** An event, and before it the steps that were recorded in its write. */
function told({ event }: RecordedEvent): TimelineItem[] {
  const { attempt, steps = [], ...data } = event.data as Facts;
  const common = { correlationId: event.correlationid, attempt };
  const kind = PAYMENTS.includes(event.type) ? 'payment' : 'event';
  return [
    ...steps.map((step): TimelineItem => ({ ...step, kind: 'step', ...common })),
    { at: event.time, kind, type: event.type, actor: event.actor, ...common, data },
  ];
}

/** A message's id begins with that of the event it tells of. */
function sent(message: OrderMessage, events: CloudEvent[]): TimelineItem {
  const { orderId: _, kind, at, correlationId, ...facts } = message;
  const event = events.find(({ id }) => message.messageId.startsWith(id));
  const attempt = (event?.data as Facts | undefined)?.attempt;
  return { at, kind: 'message', message: kind, ...facts, correlationId, attempt };
}

/** Claimed and not ended: the step that an attempt under way, or one that broke off, has taken (docs/adr/0003). */
function claim(order: Order): TimelineItem[] {
  if (!order.owed || !order.runBy) return [];
  const { updatedAt, correlationId, attempt } = order;
  return [{ at: updatedAt, kind: 'step', step: 'ValidateOrder', outcome: 'CLAIMED', correlationId, attempt }];
}

export interface TimelinePage {
  items: TimelineItem[];
  next?: TimelinePosition;
}

/** What the tables say of an order, in the order of time; a page has so many events and what belongs to them. */
export async function readOrderTimeline(
  { orders, history, messages }: Ports,
  { orderId, limit, after }: Query,
): Promise<TimelinePage | Refusal> {
  const order = await orders.get(orderId);
  if (!order) return refuse('NOT_FOUND', 'There is no such order.');
  const [page, all] = await Promise.all([
    history.eventsAfter(orderId, { version: after?.version ?? 0, limit }),
    messages.messagesOf(orderId),
  ]);
  const last = page.more ? page.events.at(-1) : undefined;
  const isHere = ({ at }: { at: string }) => (!after || at > after.at) && (!last || at <= last.event.time);
  const events = page.events.map(({ event }) => event);
  const items = [
    ...page.events.flatMap(told),
    ...all.filter(isHere).map((message) => sent(message, events)),
    ...(last ? [] : claim(order)),
  ];
  // A stable sort: what has one time stays in the order of its writes.
  items.sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
  return { items, next: last && { version: last.version, at: last.event.time } };
}
