import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { api, newKey } from '../support/api';
import { placeOrder, settled } from '../support/order';
import { mailAbout } from '../support/outbox';
import { productOnSale } from '../support/product-on-sale';
import { tokenOf } from '../support/sign-in';
import { waitFor } from '../support/wait-for';

interface Received {
  headers: IncomingMessage['headers'];
  body: string;
}

/** What the receiver answers to the n-th call for one event, counted from 1. Orders of other tests are told to it too. */
let answer: (nth: number) => number = () => 204;
const received: Received[] = [];
let server: Server;
let staff: string;
let product: string;
let endpoint: { id: string; secret: string; version: number };
const made: string[] = [];

const portOf = (one: Server): number => (one.address() as AddressInfo).port;

async function makeEndpoint(url: string): Promise<typeof endpoint> {
  const { status, body } = await api('POST /webhook-endpoints', {
    token: staff,
    key: newKey(),
    body: { url, events: ['order.confirmed'], ownerEmail: 'owner@partner.example.com' },
  });
  expect(status).toBe(201);
  made.push(body.id);
  return body;
}

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    received.push({ headers: request.headers, body });
    const id = request.headers['webhook-id'];
    const nth = received.filter(({ headers }) => headers['webhook-id'] === id).length;
    response.writeHead(answer(nth)).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  staff = await tokenOf('staff');
  product = await productOnSale(200);
  endpoint = await makeEndpoint(`http://127.0.0.1:${portOf(server)}/hook`);
  // Made a moment ago: an environment may still plan by the list from before, until it has told of an order.
  let order = await confirmed();
  await waitFor(
    async () => {
      const told = about(order).length > 0;
      if (!told) order = await confirmed();
      return told;
    },
    { what: 'the endpoint to be planned for' },
  );
});
afterAll(async () => {
  for (const id of made) await api(`DELETE /webhook-endpoints/${id}`, { token: staff });
  server.closeAllConnections();
  server.close();
});

async function confirmed(): Promise<string> {
  const { body } = await placeOrder({ items: [{ productId: product, quantity: 1 }] });
  expect(await settled(body.id)).toMatchObject({ status: 'CONFIRMED' });
  return body.id;
}

const about = (orderId: string) => received.filter(({ body }) => body.includes(orderId));

interface Delivery {
  id: string;
  orderId: string;
  status: string;
  run: number;
  attempts: { result: string }[];
}

async function deliveryOf(orderId: string, where: (one: Delivery) => boolean): Promise<Delivery> {
  return waitFor(
    async () => {
      const { body } = await api(`GET /webhook-endpoints/${endpoint.id}/deliveries?limit=100`, {
        token: staff,
      });
      return (body.items as Delivery[]).find((one) => one.orderId === orderId && where(one));
    },
    { what: `the delivery about ${orderId}` },
  );
}

test('a partner gets the event signed, once; the log and the list never show the secret', async () => {
  answer = () => 204;
  const orderId = await confirmed();
  const delivery = await deliveryOf(orderId, ({ status }) => status === 'delivered');
  expect(delivery.attempts.map(({ result }) => result)).toEqual(['HTTP_204']);
  const [got, ...more] = about(orderId);
  expect(more).toEqual([]);
  const event = new Webhook(endpoint.secret).verify(got?.body ?? '', got?.headers as Record<string, string>);
  expect(event).toMatchObject({ type: 'order.confirmed', subject: orderId });
  const list = await api('GET /webhook-endpoints', { token: staff });
  expect(list.text).not.toContain(endpoint.secret);
});

test('a delivery that failed is tried again, and one that arrived is sent again by hand', async () => {
  answer = (nth) => (nth === 1 ? 500 : 200);
  const orderId = await confirmed();
  const delivery = await deliveryOf(orderId, ({ status }) => status === 'delivered');
  expect(delivery.attempts.map(({ result }) => result)).toEqual(['HTTP_500', 'HTTP_200']);
  const again = await api(`POST /webhook-endpoints/${endpoint.id}/deliveries/${delivery.id}/resend`, {
    token: staff,
    key: newKey(),
  });
  expect(again).toMatchObject({ status: 202, body: { run: 2, status: 'pending' } });
  await deliveryOf(orderId, ({ status, run }) => status === 'delivered' && run === 2);
  expect(new Set(about(orderId).map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(about(orderId)).toHaveLength(3);
});

test('a receiver that takes a webhook and never answers delays no mail', async () => {
  answer = () => 204;
  let open = 0;
  const silent = createServer((request) => {
    open += 1;
    request.socket.once('close', () => {
      open -= 1;
    });
  });
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const hanging = await makeEndpoint(`http://127.0.0.1:${portOf(silent)}/hook`);
  // It is held for five seconds at a time, so a slow machine may need another order.
  await waitFor(
    async () => {
      await confirmed();
      if (open === 0) return false;
      const mail = await mailAbout(await confirmed());
      expect(mail).toMatchObject({ Subject: 'Your order is confirmed' });
      return open > 0;
    },
    { what: 'a mail while the receiver is being waited for' },
  );
  await api(`DELETE /webhook-endpoints/${hanging.id}`, { token: staff });
  silent.closeAllConnections();
  silent.close();
});

test('an address that is not public is refused when it is written to, also behind a name, and nobody connects', async () => {
  answer = () => 204;
  let connections = 0;
  const inside = createServer().on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => inside.listen(0, resolve));
  const urls = ['localhost', '[::1]', '[::127.0.0.1]', '10.0.0.1', '169.254.169.254'].map(
    (host) => `https://${host}:${portOf(inside)}/`,
  );
  const endpoints = await Promise.all(urls.map(makeEndpoint));
  const refused = await waitFor(
    async () => {
      await confirmed();
      const logs = await Promise.all(
        endpoints.map(({ id }) => api(`GET /webhook-endpoints/${id}/deliveries`, { token: staff })),
      );
      const results = logs.map(({ body }) => (body.items as Delivery[])[0]?.attempts[0]?.result);
      return results.every(Boolean) && results;
    },
    { what: 'an attempt at each address' },
  );
  expect(refused).toEqual(urls.map(() => 'ADDRESS_REFUSED'));
  expect(connections).toBe(0);
  for (const { id } of endpoints) await api(`DELETE /webhook-endpoints/${id}`, { token: staff });
  inside.close();
});

test('410 Gone switches the endpoint off and tells its owner; staff switch it on by its version', async () => {
  answer = () => 410;
  await confirmed();
  const { body } = await waitFor(
    async () => {
      const list = await api('GET /webhook-endpoints', { token: staff });
      const found = list.body.items.find(({ id }: { id: string }) => id === endpoint.id);
      return found?.status === 'disabled' && { body: found };
    },
    { what: 'the endpoint to be switched off' },
  );
  expect(body).toMatchObject({ disabledBecause: 'GONE' });
  expect(await mailAbout(endpoint.id)).toMatchObject({
    Subject: 'Your webhook endpoint was switched off',
    To: ['owner@partner.example.com'],
  });
  const change = (ifMatch: string) =>
    api(`PATCH /webhook-endpoints/${endpoint.id}`, {
      token: staff,
      headers: { 'if-match': ifMatch },
      body: { status: 'enabled' },
    });
  expect(await change('"1"')).toMatchObject({ status: 412 });
  expect(await change(`"${body.version}"`)).toMatchObject({ status: 200, body: { status: 'enabled' } });
});

test('what is no https URL, and who is no staff, is refused', async () => {
  const body = {
    url: 'http://partner.example.com',
    events: ['order.confirmed'],
    ownerEmail: 'o@example.com',
  };
  const refused = await api('POST /webhook-endpoints', { token: staff, key: newKey(), body });
  expect(refused).toMatchObject({ status: 400, body: { errors: [{ pointer: '/url' }] } });
  const customer = await tokenOf('customer');
  expect(await api('POST /webhook-endpoints', { token: customer, key: newKey(), body })).toMatchObject({
    status: 403,
  });
});
