import {
  type Audience,
  audienceKey,
  type Connection,
  MOST_FRAMES,
} from '../../services/live/domain/connection';
import type { Connections, Orders, Pages, Snapshot, Tickets } from '../../services/live/ports/live';

export const NOW = Date.parse('2026-11-21T12:00:00.000Z');
export const clock = () => NOW;

export class MemoryTickets implements Tickets {
  private readonly issued = new Map<string, { audience: Audience; expiresAt: number }>();

  async issue(audience: Audience, expiresAt: number): Promise<string> {
    const ticket = `ticket-${this.issued.size}`;
    this.issued.set(ticket, { audience, expiresAt });
    return ticket;
  }

  async take(ticket: string, now: number): Promise<Audience | undefined> {
    const found = this.issued.get(ticket);
    this.issued.delete(ticket);
    return found && found.expiresAt > now ? found.audience : undefined;
  }
}

export class MemoryConnections implements Connections {
  private frames = 0;
  constructor(public open_: Connection[] = []) {}

  async open(connection: Connection): Promise<void> {
    this.open_.push(connection);
  }
  async forget(id: string): Promise<void> {
    this.open_ = this.open_.filter((one) => one.id !== id);
  }
  async of(audience: Audience, since: string): Promise<Connection[]> {
    const key = audienceKey(audience);
    return this.open_.filter((one) => one.audience === key && one.openedAt > since);
  }
  async hear(id: string) {
    this.frames += 1;
    const found = this.open_.find((one) => one.id === id);
    if (!found) return 'UNKNOWN' as const;
    if (this.frames > MOST_FRAMES) return 'TOO_MANY' as const;
    const [kind, ...rest] = found.audience.split('#');
    const value = rest.join('#');
    return { audience: kind === 'order' ? { orderId: value } : { customerId: value } };
  }
  ids = (): string[] => this.open_.map(({ id }) => id);
}

export class MemoryPages implements Pages {
  sent: [string, object][] = [];
  closed: string[] = [];
  outcomes: Record<string, 'GONE' | 'SLOW' | Error> = {};

  async send(id: string, frame: object): Promise<'SENT' | 'GONE' | 'SLOW'> {
    const outcome = this.outcomes[id];
    if (outcome instanceof Error) throw outcome;
    if (outcome) return outcome;
    this.sent.push([id, frame]);
    return 'SENT';
  }
  async close(id: string): Promise<void> {
    this.closed.push(id);
  }
}

export class MemoryOrders implements Orders {
  asked = 0;
  constructor(public snapshot: Snapshot | undefined) {}

  ofCustomer = async (orderId: string, customerId: string) =>
    this.snapshot?.customerId === customerId ? this.whosoever(orderId) : undefined;
  openedBy = async (orderId: string, token: string) =>
    token === 'good' ? this.whosoever(orderId) : undefined;
  whosoever = async (orderId: string) => {
    this.asked += 1;
    return this.snapshot?.order.id === orderId ? this.snapshot : undefined;
  };
}
