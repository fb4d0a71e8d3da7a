import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { HttpsPoster } from '../../services/notifications/adapters/https-poster';
import { isPublicAddress } from '../../services/notifications/adapters/public-address';
import type { Delivery, Endpoint } from '../../services/notifications/domain/webhook';
import { pauseAfter } from '../../services/notifications/domain/webhook';
import { urlFault } from '../../services/notifications/domain/webhook-url';
import { DAY } from '../../shared/kernel/time';

const secret = `whsec_${Buffer.from('a secret of the test, 32 bytes..').toString('base64')}`;

const endpoint = (url: string): Endpoint => ({
  id: 'hook_1',
  url,
  events: ['order.shipped'],
  ownerEmail: 'ops@example.com',
  secret,
  status: 'enabled',
  failures: 0,
  version: 1,
  createdAt: '2026-11-21T12:00:00.000Z',
  updatedAt: '2026-11-21T12:00:00.000Z',
});

const delivery: Delivery = {
  endpointId: 'hook_1',
  id: 'dlv_1',
  eventId: 'evt_1',
  eventType: 'order.shipped',
  orderId: 'ord_1',
  correlationId: 'cor_1',
  event: '{"type":"order.shipped"}',
  status: 'pending',
  run: 1,
  tries: 0,
  attempts: [],
  createdAt: '2026-11-21T12:00:00.000Z',
};

let server: Server;
let url: string;
let answer: (request: IncomingMessage) => { status: number; headers?: Record<string, string> } | undefined;
const received: { headers: IncomingMessage['headers']; body: string; path?: string }[] = [];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    received.push({ headers: request.headers, body, path: request.url });
    const said = answer(request);
    if (said) response.writeHead(said.status, said.headers).end('what it says is not kept');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  received.length = 0;
  answer = () => ({ status: 204 });
});

const post = (to = url, hosts = ['127.0.0.1'], patience?: number) =>
  new HttpsPoster(hosts, patience).post(endpoint(to), delivery, Date.now());

test('what is sent verifies by the library of Standard Webhooks, under the id of its event', async () => {
  expect(await post()).toMatchObject({ result: 'HTTP_204' });
  const [got] = received;
  expect(got?.headers['webhook-id']).toBe('evt_1');
  expect(new Webhook(secret).verify(got?.body ?? '', got?.headers as Record<string, string>)).toEqual({
    type: 'order.shipped',
  });
});

test('a redirect is not followed and is no success', async () => {
  answer = () => ({ status: 302, headers: { location: `${url}/elsewhere` } });
  expect(await post()).toMatchObject({ result: 'HTTP_302' });
  expect(received).toHaveLength(1);
});

test('who does not answer in time is given up', async () => {
  answer = () => undefined;
  expect(await post(url, ['127.0.0.1'], 50)).toMatchObject({ result: 'TIMEOUT' });
});

test('nobody there is a result, not a fault', async () => {
  expect(await post('http://127.0.0.1:1')).toMatchObject({ result: 'ECONNREFUSED' });
});

test.each([
  'https://127.0.0.1/',
  'https://0x7f.1/',
  'https://2130706433/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::127.0.0.1]/',
  'https://169.254.169.254/latest/meta-data',
  'https://10.1.2.3/',
  'https://192.168.0.1/',
  'https://100.64.0.1/',
  'https://[fd00:ec2::254]/',
  'https://localhost/',
])('%s is refused, after its name is resolved where it is one', async (private_) => {
  expect(await post(private_, [])).toMatchObject({ result: 'ADDRESS_REFUSED' });
});

test('a name that leads to a private address is refused, also on the port of a receiver that would answer', async () => {
  const port = new URL(url).port;
  expect(await post(`https://localhost:${port}/`, [])).toMatchObject({ result: 'ADDRESS_REFUSED' });
  expect(received).toEqual([]);
});

test.each([
  ['8.8.8.8', true],
  ['2606:4700:4700::1111', true],
  ['64:ff9b::7f00:1', false],
  ['::7f00:1', false],
  ['2002:7f00:1::', false],
  ['2001::7f00:1', false],
  ['4000::1', false],
  ['0.0.0.0', false],
  ['224.0.0.1', false],
  ['not an address', false],
])('%s is public: %s', (address, yes) => {
  expect(isPublicAddress(address)).toBe(yes);
});

test.each([
  ['https://partner.example.com/hook', undefined],
  ['http://partner.example.com/hook', 'Only https is taken.'],
  ['file:///etc/passwd', 'Only https is taken.'],
  ['https://user:pass@partner.example.com/', 'A URL with a user name or password is not taken.'],
  ['partner.example.com', 'This is no absolute URL.'],
  ['http://127.0.0.1:3000/hook', undefined],
])('the URL %s: %s', (wanted, fault) => {
  expect(urlFault(wanted, ['127.0.0.1'])).toBe(fault);
});

test('eight attempts are spread over about a day, and after the last there is none', () => {
  const pauses = [1, 2, 3, 4, 5, 6, 7].map((attempt) => pauseAfter(attempt, 0) ?? 0);
  const sum = pauses.reduce((total, pause) => total + pause, 0);
  expect(sum).toBeGreaterThan(0.95 * DAY);
  expect(sum).toBeLessThanOrEqual(DAY);
  expect(pauseAfter(8, 0)).toBeUndefined();
  expect(pauseAfter(1, 1)).toBe(5500);
});
