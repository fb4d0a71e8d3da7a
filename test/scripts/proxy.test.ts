import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Fate, type FaultProxy, type Passing, startProxy } from '../support/proxy';

let arrived: { host?: string; body: string }[];
let target: ReturnType<typeof createServer>;
let proxy: FaultProxy | undefined;

beforeEach(async () => {
  arrived = [];
  target = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    arrived.push({ host: request.headers.host, body });
    response.end(`took ${body}`);
  });
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await proxy?.close();
  target.closeAllConnections();
  target.close();
});

async function through(decide?: (passing: Passing) => Fate): Promise<FaultProxy> {
  proxy = await startProxy(`http://127.0.0.1:${(target.address() as AddressInfo).port}`, decide);
  return proxy;
}

const send = (url: string, body: string) =>
  fetch(url, { method: 'POST', body }).then((answer) => answer.text());

test('a request passes with its Host header, so its signature stays good', async () => {
  const { url, seen } = await through();
  expect(await send(url, 'a')).toBe('took a');
  expect(arrived).toEqual([{ host: url.replace('http://', ''), body: 'a' }]);
  expect(seen).toMatchObject([{ method: 'POST', body: 'a', number: 1 }]);
});

test('a request dropped before it took effect never arrives', async () => {
  const { url } = await through(() => 'drop-before');
  await expect(send(url, 'a')).rejects.toThrow('fetch failed');
  expect(arrived).toEqual([]);
});

test('a request dropped after it took effect arrives without an answer', async () => {
  const { url } = await through(() => 'drop-after');
  await expect(send(url, 'a')).rejects.toThrow('fetch failed');
  expect(arrived).toMatchObject([{ body: 'a' }]);
});

test('a held request arrives when it is let go', async () => {
  const gate = Promise.withResolvers<void>();
  const { url, seen } = await through(({ body }) => (body === 'held' ? gate.promise : 'pass'));
  const held = send(url, 'held');
  expect(await send(url, 'other')).toBe('took other');
  expect(seen.map(({ body }) => body).sort()).toEqual(['held', 'other']);
  expect(arrived).toMatchObject([{ body: 'other' }]);
  gate.resolve();
  expect(await held).toBe('took held');
});
