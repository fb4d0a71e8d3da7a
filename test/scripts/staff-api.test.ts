import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Command } from 'commander';
import type { Problem } from '../../scripts/local/problem';
import type { RunningStack } from '../../scripts/local/running-stack';
import { type AsksOnce, staffApi, stageOf } from '../../scripts/ops/staff-api';

let server: Server;
let answer: { status: number; body: string; headers?: Record<string, string> };
let keys: unknown[];
let paths: unknown[];

beforeAll(async () => {
  server = createServer((request, response) => {
    keys.push(request.headers['idempotency-key']);
    paths.push(request.url);
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  [keys, paths] = [[], []];
  answer = { status: 200, body: '{}' };
});

const at = (api: string): Promise<AsksOnce> =>
  staffApi({ optsWithGlobals: () => ({ api, token: 'a-token' }) } as unknown as Command);
const here = () => at(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);

async function problem(asked: Promise<unknown>): Promise<string> {
  try {
    await asked;
  } catch (error) {
    return `${(error as Problem).message} → ${(error as Problem).wayOut}`;
  }
  throw new Error('nothing was refused');
}

test('each violation is told by its pointer', async () => {
  const errors = [
    { pointer: '/query/limit', detail: 'limit must be less than or equal to 100' },
    { pointer: '', detail: 'a body is needed' },
  ];
  answer = {
    status: 400,
    body: JSON.stringify({ code: 'VALIDATION_FAILED', detail: 'Does not fit.', errors }),
  };
  const said = await problem((await here()).call('GET /staff/audit'));
  expect(said).toContain('VALIDATION_FAILED Does not fit.');
  expect(said).toContain('\n    /query/limit: limit must be less than or equal to 100');
  expect(said).toContain('\n    body: a body is needed');
});

test.each([
  [401, { message: 'Unauthorized' }, /expired or is not one of this stage: sign in again/],
  [403, { code: 'FORBIDDEN' }, /group staff/],
  [404, { message: 'Not Found' }, /no such route there: is --api the stage's apiUrl\?/],
  [404, { code: 'NOT_FOUND', detail: 'There is no such queue.' }, /There is no such queue.*Look at the name/],
])('%i %j says what to do', async (status, body, says) => {
  answer = { status, body: JSON.stringify(body) };
  expect(await problem((await here()).call('GET /staff/audit'))).toMatch(says);
});

test.each(['http://127.0.0.1:1', 'http://nowhere.invalid', 'no address'])(
  'what cannot be reached is said, and asked about: %s',
  async (api) => {
    const said = await problem((await at(api)).call('GET /staff/audit'));
    expect(said).toMatch(/^Cannot reach .* Is --api \(or ORDERLY_API\) right\?/);
    expect(said).toContain(api);
  },
);

test('a page that is no API is told from one', async () => {
  answer = { status: 200, body: '<!doctype html>' };
  expect(await problem((await here()).call('GET /staff/audit'))).toMatch(/did not answer with JSON.*--api/);
});

test('a request that was asked for under its key before is known again', async () => {
  const api = await here();
  expect(await api.once('POST /staff/people/erase', {}, 'a-key-of-its-own')).toEqual({ replayed: false });
  answer.headers = { 'idempotent-replayed': 'true' };
  expect(await api.once('POST /staff/people/erase', {}, 'a-key-of-its-own')).toEqual({ replayed: true });
  expect(keys).toEqual(['a-key-of-its-own', 'a-key-of-its-own']);
});

test('an address that ends in a slash is the same address', async () => {
  await (await at(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)).call('GET /staff/audit');
  expect(paths).toEqual(['/staff/audit']);
});

test('a stage without a token says where one comes from', async () => {
  const said = await problem(stageOf({ api: 'https://stage.example', token: '' }));
  expect(said).toMatch(/InitiateAuth as a member of the group staff \(services\/accounts\/README.md\)/);
});

test('a token counts on the local stack too', async () => {
  const local = async () => ({ apiUrl: 'http://local' }) as RunningStack;
  expect(await stageOf({ token: 'mine' }, local)).toEqual({ url: 'http://local', token: 'mine' });
});
