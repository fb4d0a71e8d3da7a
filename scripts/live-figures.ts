import { randomUUID } from 'node:crypto';
import { followOrders } from '../shared/client/live';
import { demoToken } from './local/demo-token';
import { Problem, run } from './local/problem';
import { type RunningStack, readRunningStack } from './local/running-stack';

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
  const call = callsOf(stack, await demoToken(stack, 'customer'));
  const delays: number[] = [];
  let arrived = (_milliseconds: number): void => undefined;
  const live = followOrders({
    webSocketUrl: stack.webSocketUrl,
    ticket: async () => (await call('POST', '/live/tickets')).ticket,
    onOrder: ({ status, updatedAt }) => {
      if (status === 'CONFIRMED') arrived(Date.now() - Date.parse(updatedAt));
    },
  });
  const [product] = (await call('GET', '/products?limit=1')).items;
  for (let n = 0; n <= many; n += 1) {
    const next = new Promise<number>((resolve, reject) => {
      arrived = resolve;
      setTimeout(
        () => reject(new Problem('An order did not arrive.', 'npm run local:status')),
        LIMIT_MS,
      ).unref();
    });
    const items = [{ productId: product.id, quantity: 1 }];
    const { id } = await call('POST', '/orders', { items, payment: { token: 'tok_visa' } });
    const milliseconds = await next;
    console.log(`${id}  ${String(milliseconds).padStart(5)} ms${n === 0 ? '  (warms up)' : ''}`);
    if (n > 0) delays.push(milliseconds);
  }
  live.close();
  const sorted = delays.sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  console.log(`\n${many} orders: median ${at(0.5)} ms, p90 ${at(0.9)} ms, slowest ${sorted.at(-1)} ms`);
  return (at(0.9) ?? LIMIT_MS) <= 1000 ? 0 : 1;
});

const callsOf =
  ({ apiUrl }: RunningStack, token: string) =>
  async (method: string, path: string, body?: object) => {
    const answer = await fetch(apiUrl + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: body && JSON.stringify(body),
    });
    if (!answer.ok) throw new Problem(`${method} ${path}: ${answer.status}`, 'Try again');
    // biome-ignore lint/suspicious/noExplicitAny: each route has its own answer
    return (await answer.json()) as any;
  };
