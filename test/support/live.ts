import { api } from './api';
import type { OrderView } from './order';
import { stack } from './stack';
import { waitFor } from './wait-for';

export interface Frame {
  type: string;
  order?: OrderView;
  version?: number;
  code?: string;
  at: number;
}

/** A page's connection, with all it heard. */
export class Page {
  readonly frames: Frame[] = [];
  closed = false;

  private constructor(readonly socket: WebSocket) {
    socket.addEventListener('message', ({ data }) =>
      this.frames.push({ ...JSON.parse(String(data)), at: Date.now() }),
    );
    socket.addEventListener('close', () => {
      this.closed = true;
    });
  }

  /** Undefined where the handshake is refused. */
  static async open(ticket: string): Promise<Page | undefined> {
    const url = `${(await stack()).webSocketUrl}?ticket=${encodeURIComponent(ticket)}`;
    const socket = new WebSocket(url);
    const page = new Page(socket);
    const opened = await new Promise<boolean>((resolve) => {
      socket.addEventListener('open', () => resolve(true));
      socket.addEventListener('error', () => resolve(false));
      socket.addEventListener('close', () => resolve(false));
    });
    return opened ? page : undefined;
  }

  send(frame: unknown): void {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  watch(orderId: string): void {
    this.send({ action: 'watch', orderId });
  }

  hears(what: string, which: (frame: Frame) => boolean): Promise<Frame> {
    return waitFor(() => this.frames.find(which), { what, limit: 30_000 });
  }

  close(): void {
    this.socket.close();
  }
}

export async function newTicket(token: string): Promise<string> {
  const { status, body } = await api('POST /live/tickets', { token });
  if (status !== 201) throw new Error(`POST /live/tickets: ${status}`);
  return body.ticket;
}

export async function openPage(token: string): Promise<Page> {
  const page = await Page.open(await newTicket(token));
  if (!page) throw new Error('The handshake was refused');
  return page;
}
