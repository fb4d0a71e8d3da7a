import { randomUUID } from 'node:crypto';
import { type OrderlyClient, orderlyClient } from '../shared/client';
import { followOrders } from '../shared/client/live';
import { demoToken } from './local/demo-token';
import { Problem, run } from './local/problem';
import { readRunningStack } from './local/running-stack';

const LIMIT_MS = 60_000;
/** Ten orders end in about as many seconds; the first one warms the functions up and is not counted. */
const ORDERS = 10;

/** `npm run live:figures [-- <how many>]`: from an order's confirmation (its `updatedAt`) to its arrival on an open page. */
void run(async () => {
  const many = Number(process.argv[2] ?? ORDERS);
  if (!Number.isInteger(many) || many < 1 || many > 1000)
    throw new Problem('How many orders? 1 to 1000.', 'npm run live:figures -- 10');
  const stack = await readRunningStack();
  if (!stack.webSocketUrl) throw new Problem('There is no WebSocket API.', 'npm start');
  const client = orderlyClient({ baseUrl: stack.apiUrl, token: await demoToken(stack, 'customer') });
  const items = [{ productId: await productWith(client, many + 1), quantity: 1 }];
  const delays: number[] = [];
  let arrived = (_milliseconds: number): void => undefined;
  const live = followOrders({
    webSocketUrl: stack.webSocketUrl,
    ticket: async () => answered(await client.POST('/live/tickets')).ticket,
    onOrder: ({ status, updatedAt }) => {
      if (status === 'CONFIRMED') arrived(Date.now() - Date.parse(updatedAt));
    },
  });
  try {
    for (let n = 0; n <= many; n += 1) {
      const next = new Promise<number>((resolve, reject) => {
        arrived = resolve;
        setTimeout(
          () => reject(new Problem('An order did not arrive.', 'npm run local:status')),
          LIMIT_MS,
        ).unref();
      });
      const header = { 'Idempotency-Key': randomUUID() };
      const body = { items, payment: { token: 'tok_visa' } };
      const { id } = answered(await client.POST('/orders', { params: { header }, body }));
      const milliseconds = await next;
      console.log(`${id}  ${String(milliseconds).padStart(5)} ms${n === 0 ? '  (warms up)' : ''}`);
      if (n > 0) delays.push(milliseconds);
    }
  } finally {
    // Open, it comes back whenever it is cut off, and no process ends.
    live.close();
  }
  const sorted = delays.sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  console.log(`\n${many} orders: median ${at(0.5)} ms, p90 ${at(0.9)} ms, slowest ${sorted.at(-1)} ms`);
  return (at(0.9) ?? LIMIT_MS) <= 1000 ? 0 : 1;
});

async function productWith(client: OrderlyClient, units: number): Promise<string> {
  const { items } = answered(await client.GET('/products', { params: { query: { limit: 100 } } }));
  const product = items.find(({ available }) => available >= units);
  if (product) return product.id;
  throw new Problem(
    `No product of the first hundred has ${units} units.`,
    'Ask for fewer orders, or npm run demo-data',
  );
}

function answered<T>({ data, response }: { data?: T; response: Response }): T {
  if (data !== undefined) return data;
  throw new Problem(`${response.url}: ${response.status}`, 'Try again');
}
