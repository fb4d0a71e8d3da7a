import { setTimeout as pause } from 'node:timers/promises';
import { type OrderlyClient, orderlyClient } from '../../../shared/client';
import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import type { HistoryEntry, Order, Product } from '../domain/shop';
import type { Shop } from '../ports/shop';

/** The gateway had no room and did nothing: a read is asked for once more. */
const NO_ROOM = [429, 503];
const PAUSE = 40;

async function askTwice(request: Request): Promise<Response> {
  const first = await fetch(request.clone());
  if (!NO_ROOM.includes(first.status)) return first;
  await pause(PAUSE * (1 + Math.random()), undefined, { signal: request.signal });
  return fetch(request);
}

interface Caller {
  baseUrl: string;
  /** The caller's own access token: every check of who may see what is made by the services. */
  token: string;
  correlationId: string;
}

const answered = <T>({ data, error }: { data?: T; error?: { code: string } | unknown }): T => {
  if (data === undefined)
    throw new Error(`Answered ${(error as { code?: string })?.code ?? 'without a body'}`);
  return data;
};

/** The services' public API through the typed client. */
export class ClientShop implements Shop {
  private readonly client: OrderlyClient;

  constructor(caller: Caller) {
    this.client = orderlyClient({ ...caller, fetch: askTwice });
  }

  async products(limit: number, within: number): Promise<Product[]> {
    return answered(await this.client.GET('/products', { params: { query: { limit } }, ...timed(within) }))
      .items;
  }

  async product(id: string, within: number): Promise<Product> {
    return answered(await this.client.GET('/products/{id}', { params: { path: { id } }, ...timed(within) }));
  }

  async orders(limit: number, within: number): Promise<Order[]> {
    return answered(await this.client.GET('/orders', { params: { query: { limit } }, ...timed(within) }))
      .items;
  }

  async order(id: string, within: number): Promise<Order | Refusal> {
    const answer = await this.client.GET('/orders/{id}', { params: { path: { id } }, ...timed(within) });
    if (answer.response.status === 404) return refuse('NOT_FOUND', 'There is no such order.');
    return answered(answer);
  }

  async history(id: string, within: number): Promise<HistoryEntry[]> {
    const answer = await this.client.GET('/orders/{id}/history', {
      params: { path: { id } },
      ...timed(within),
    });
    return answered(answer).items;
  }
}

const timed = (within: number) => ({ signal: AbortSignal.timeout(within) });
