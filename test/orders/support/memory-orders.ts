import type { CloudEvent } from '../../../events/envelope';
import type { Order } from '../../../services/orders/domain/order';
import type { Run } from '../../../services/orders/domain/run';
import type {
  AnswerTo,
  Change,
  ClaimsOrders,
  FindsOpenOrders,
  ListsOrders,
  PlacesOrders,
  RepliesToRequests,
  Saved,
  SavesOrders,
  StaffAction,
} from '../../../services/orders/ports/orders';
import type { IdempotentRequest, Reply } from '../../../shared/kernel/idempotency';
import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import { iso } from '../../../shared/kernel/time';

type Ports = SavesOrders & PlacesOrders & ClaimsOrders & ListsOrders & FindsOpenOrders & RepliesToRequests;

const copy = <T>(value: T): T => structuredClone(value);

/** Orders, events and replies as the tables keep them: a write of a version that is not the next one is refused. */
export class MemoryOrders implements Ports {
  readonly events: { event: CloudEvent; version: number; starts?: number; audit?: StaffAction }[] = [];
  readonly replies = new Map<string, { fingerprint: string; reply: Reply }>();
  /** Runs once, before the next write: another writer comes first. */
  meanwhile: (() => Promise<unknown>) | undefined;
  writes = 0;
  private readonly rows = new Map<string, Order>();
  private readonly links = new Map<string, number>();

  constructor(...orders: Order[]) {
    for (const order of orders) this.rows.set(order.id, copy(order));
  }

  row(id: string): Order {
    const order = this.rows.get(id);
    if (!order) throw new Error(`There is no order ${id}`);
    return copy(order);
  }

  eventTypes = (): string[] => this.events.map(({ event }) => event.type);

  async get(id: string): Promise<Order | undefined> {
    const order = this.rows.get(id);
    return order && copy(order);
  }

  async save(change: Change, answerTo?: AnswerTo): Promise<Saved> {
    return this.saveAll([change], answerTo);
  }

  async saveAll(changes: Change[], answerTo?: AnswerTo): Promise<Saved> {
    await this.othersGoFirst();
    const before = answerTo && (await this.find(answerTo.request));
    if (before) return { saved: false, stale: false, answer: before };
    const isNext = ({ order }: Change) => this.rows.get(order.id)?.version === order.version - 1;
    if (!changes.every(isNext)) return { saved: false, stale: true };
    for (const change of changes) this.write(change, answerTo);
    return { saved: true };
  }

  async requestLink(change: Change): Promise<'REQUESTED' | 'STALE' | 'TOO_MANY'> {
    const { id } = change.order;
    const used = this.links.get(id) ?? 0;
    if (used >= 3) return 'TOO_MANY';
    const saved = await this.save(change);
    if (saved.saved) this.links.set(id, used + 1);
    return saved.saved ? 'REQUESTED' : 'STALE';
  }

  async listByEmail(emailHash: string, { limit }: { limit: number }) {
    const all = [...this.rows.values()].filter((order) => order.emailHash === emailHash);
    const orders = all.slice(0, limit).map(copy);
    return { orders, last: all.length > limit ? orders.at(-1)?.id : undefined };
  }

  async place(change: Change, answerTo: AnswerTo): Promise<Reply | Refusal> {
    await this.othersGoFirst();
    const before = await this.find(answerTo.request);
    if (before) return before;
    if (this.rows.has(change.order.id)) throw new Error('A new order id was taken');
    this.write(change, answerTo);
    return answerTo.reply;
  }

  async claim(id: string, run: Run, now: number): Promise<Order | undefined> {
    const order = this.rows.get(id);
    if (!order?.owed || order.attempt !== run.attempt) return undefined;
    if (order.runBy !== undefined && order.runBy !== run.key) return undefined;
    const claimed = { ...order, runBy: run.key, updatedAt: iso(now), version: order.version + 1 };
    this.rows.set(id, claimed);
    return copy(claimed);
  }

  async listByCustomer(customerId: string, { limit, before }: { limit: number; before?: string }) {
    const all = [...this.rows.values()]
      .filter((order) => order.customerId === customerId && (!before || order.id < before))
      .sort((a, b) => (a.id < b.id ? 1 : -1));
    const orders = all.slice(0, limit).map(copy);
    return { orders, last: all.length > limit ? orders.at(-1)?.id : undefined };
  }

  async *openOrders(): AsyncIterable<Order[]> {
    for (const order of [...this.rows.values()].filter(({ owed }) => owed)) yield [copy(order)];
  }

  async find(request: IdempotentRequest): Promise<Reply | Refusal | undefined> {
    const found = this.replies.get(request.recordKey);
    if (!found) return undefined;
    if (found.fingerprint !== request.fingerprint) return refuse('IDEMPOTENCY_KEY_REUSED', 'used before');
    return { ...found.reply, headers: { ...found.reply.headers, 'idempotent-replayed': 'true' } };
  }

  private async othersGoFirst(): Promise<void> {
    const other = this.meanwhile;
    this.meanwhile = undefined;
    await other?.();
  }

  private write({ order, event, starts, audit }: Change, answerTo?: AnswerTo): void {
    this.writes += 1;
    this.rows.set(order.id, copy(order));
    this.events.push(copy({ event, version: order.version, starts, audit }));
    if (!answerTo) return;
    const { request, reply } = answerTo;
    this.replies.set(request.recordKey, { fingerprint: request.fingerprint, reply });
  }
}
