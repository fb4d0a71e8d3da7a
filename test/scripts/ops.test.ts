import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ops } from '../support/ops';

/** An API where everything is empty. */
const server = createServer((_request, response) => response.end('{"items":[]}'));
let at: string[];

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  at = ['--api', `http://127.0.0.1:${(server.address() as AddressInfo).port}`, '--token', 'a-token'];
});
afterAll(() => server.close());

test.each([[[]], [['person']], [['dlq']], [['order']]])(
  '%j alone tells its commands, which is no error',
  async (args) => {
    expect(await ops(...args)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Commands:'),
      stderr: '',
    });
  },
);

test('a command that is not there is an error', async () => {
  expect(await ops('dlq', 'lst')).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/unknown command 'lst'/),
  });
});

test.each([
  ['dlq discard email-dlq an-id', /DUPLICATE\|OBSOLETE\|INVALID\|TEST/],
  ['dlq discard email-dlq an-id --reason WRONG', /DUPLICATE, OBSOLETE, INVALID, TEST/],
  ['dlq show email-dlq --limit 101', /whole number from 1 to 100/],
  ['audit yesterday', /a day such as 2026-11-21/],
  ['person status 41', /DSR-2026-0042/],
])('%s is refused before anybody is asked', async (words, says) => {
  expect(await ops(...words.split(' '))).toMatchObject({ code: 1, stderr: expect.stringMatching(says) });
});

test('nobody is erased without a word for it', async () => {
  const said = await ops(...at, 'person', 'erase', 'DSR-2026-0041', '--email', 'ada@example.com');
  expect(said).toMatchObject({ code: 1, stderr: expect.stringMatching(/cannot be undone.*--yes/s) });
});

test('an order that is not there is said to be not there', async () => {
  const said = await ops(...at, 'order', 'find', 'nonsense');
  expect(said).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^Nothing found by .*begin with ord_/),
  });
});

test('the list of queues says what its columns mean', async () => {
  expect((await ops(...at, 'dlq', 'list')).stdout).toMatch(/^waiting: .*a stream does not say/m);
});
