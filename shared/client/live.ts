import type { components } from './generated/schema';

type Order = components['schemas']['Order'];

export interface LiveError {
  code: string;
  detail: string;
  correlationId: string;
}

export interface LiveOptions {
  /** The stage's `webSocketUrl`. */
  webSocketUrl: string;
  /** Gets a fresh ticket (`POST /live/tickets`, or a guest's): each opens one connection. */
  ticket: () => Promise<string>;
  /** Called with every order that is newer than what was heard of it before. */
  onOrder: (order: Order) => void;
  onError?: (error: LiveError) => void;
}

export interface Live {
  /** Gets the order as it is now, also after each new connection. */
  watch(orderId: string): void;
  close(): void;
}

type Message = { type: 'order'; order: Order; version: number } | ({ type: 'error' } & LiveError);

/** Half a minute between tries at most, each a little other, so that a thousand pages do not come back at once. */
const pauseAfter = (failures: number): number =>
  Math.min(30_000, 500 * 2 ** failures) * (0.5 + Math.random() / 2);

/** Follows orders: opens a connection, keeps the highest version of each order, and opens another when one ends. */
export function followOrders({ webSocketUrl, ticket, onOrder, onError }: LiveOptions): Live {
  const watched = new Set<string>();
  const versions = new Map<string, number>();
  let socket: WebSocket | undefined;
  let failures = 0;
  let closed = false;

  const ask = (orderId: string): void => socket?.send(JSON.stringify({ action: 'watch', orderId }));

  function hear(message: Message): void {
    if (message.type === 'error') onError?.(message);
    if (message.type !== 'order' || message.version <= (versions.get(message.order.id) ?? 0)) return;
    versions.set(message.order.id, message.version);
    onOrder(message.order);
  }

  function again(): void {
    socket = undefined;
    if (closed) return;
    setTimeout(() => void open(), pauseAfter(failures));
    failures += 1;
  }

  async function open(): Promise<void> {
    if (closed) return;
    try {
      const opened = new WebSocket(`${webSocketUrl}?ticket=${encodeURIComponent(await ticket())}`);
      opened.onopen = () => {
        if (closed) return opened.close();
        failures = 0;
        socket = opened;
        for (const orderId of watched) ask(orderId);
      };
      opened.onmessage = ({ data }) => hear(JSON.parse(String(data)));
      opened.onclose = again;
    } catch {
      again();
    }
  }

  void open();
  return {
    watch(orderId) {
      watched.add(orderId);
      ask(orderId);
    },
    close() {
      closed = true;
      socket?.close();
    },
  };
}
