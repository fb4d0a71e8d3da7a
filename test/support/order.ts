import type { Schemas } from '../../shared/client';
import { type Answer, api, newKey } from './api';
import { client } from './client';
import { tokenOf } from './sign-in';
import { stack } from './stack';
import { waitFor } from './wait-for';

export type OrderView = Schemas['Order'];

export interface NewOrder {
  items: { productId: string; quantity: number }[];
  /** A token of the sandbox provider; tok_visa unless named. */
  payment?: string;
  token?: string;
  key?: string;
  /** More of the body. */
  more?: Record<string, unknown>;
}

/** Places an order as the first demo customer, unless another token is given. */
export async function placeOrder({
  items,
  payment = 'tok_visa',
  token,
  key,
  more,
}: NewOrder): Promise<Answer<OrderView>> {
  return api<OrderView>('POST /orders', {
    token: token ?? (await tokenOf('customer')),
    key: key ?? newKey(),
    body: { items, payment: { token: payment }, ...more },
  });
}

export async function getOrder(id: string, token?: string): Promise<OrderView> {
  const { data, error } = await (await client(token)).GET('/orders/{id}', { params: { path: { id } } });
  if (!data) throw new Error(`GET /orders/${id}: ${JSON.stringify(error)}`);
  return data;
}

const ON_ITS_WAY = ['PENDING'];

/** Waits until the saga has decided. */
export async function settled(
  id: string,
  { token, limit = 30_000 }: { token?: string; limit?: number } = {},
): Promise<OrderView> {
  return waitFor(
    async () => {
      const order = await getOrder(id, token);
      return !ON_ITS_WAY.includes(order.status) && order;
    },
    { limit, what: `order ${id} to be decided` },
  );
}

export interface Charge {
  id: string;
  reference: string;
  amount: number;
  currency: string;
  status: string;
  refunded: number;
}

/** What the sandbox provider has booked for an order. */
export async function ledger(orderId: string): Promise<Charge[]> {
  const { sandboxUrl } = await stack();
  const answer = await waitFor(
    async () => {
      const page = await fetch(`${sandboxUrl}/charges?reference=${orderId}`);
      return page.status === 200 && ((await page.json()) as { items: Charge[] });
    },
    { what: `the ledger of ${orderId}` },
  );
  return answer.items;
}

/** What the customer has paid in the end, minor units. */
export async function netPaid(orderId: string): Promise<number> {
  const CAPTURED = ['succeeded', 'partially_refunded', 'refunded'];
  const charges = (await ledger(orderId)).filter(({ status }) => CAPTURED.includes(status));
  return charges.reduce((sum, { amount, refunded }) => sum + amount - refunded, 0);
}

/** How many units of a product can be ordered. */
export async function available(id: string): Promise<number> {
  const { data, error } = await (await client()).GET('/products/{id}', { params: { path: { id } } });
  if (!data) throw new Error(`GET /products/${id}: ${JSON.stringify(error)}`);
  return data.available;
}
