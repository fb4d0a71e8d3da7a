import type { Problem } from '../../scripts/local/problem';
import { askOnce, type Named } from '../../scripts/ops/ask-once';
import { type AsksOnce, Refused } from '../../scripts/ops/staff-api';

const ID = 'DSR-2026-0041';
const ada = { email: 'ada@example.com' };

/** The API with one request that was taken before; it knows the words that it was asked for by, if they came from here. */
class OneRequest implements AsksOnce {
  asked: string[] = [];
  known = new Set<string>();
  refuses?: 'CONFLICT' | 'NOT_FOUND';

  constructor(readonly request: object) {}

  async once(route: string, _body: unknown, key: string) {
    this.asked.push(`${route} ${key}`);
    if (this.known.has(key)) return { replayed: true };
    this.refuse();
    this.known.add(key);
    return { replayed: false };
  }

  async call(route: string) {
    this.asked.push(route);
    if (route.startsWith('GET')) return this.request;
    this.refuse();
  }

  private refuse(): void {
    if (this.refuses) throw new Refused(this.refuses, `${this.refuses} as it says`, 'mend it');
  }
}

let said: string[];
beforeEach(() => {
  said = [];
  jest.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
});
afterEach(() => jest.restoreAllMocks());

const done = { requestId: ID, kind: 'EXPORT', status: 'DONE', step: 'ORDERS', orders: 3, customerId: 'c-1' };

const wayOut = async (api: OneRequest, named: Named, act: 'export' | 'erase' = 'export'): Promise<string> => {
  const problem: Problem = await askOnce(api, act, ID, named).catch((error) => error);
  return `${problem.message} → ${problem.wayOut}`;
};

test('a new request is asked for once', async () => {
  const api = new OneRequest(done);
  await askOnce(api, 'export', ID, ada);
  expect(api.asked).toHaveLength(1);
  expect(said).toEqual([]);
});

test.each(['CONFLICT', 'NOT_FOUND'] as const)(
  'a repeat joins what was asked for, also when it is %s by now',
  async (refuses) => {
    const api = new OneRequest(done);
    await askOnce(api, 'erase', ID, ada);
    api.refuses = refuses;
    await askOnce(api, 'erase', ID, ada);
    expect(said).toEqual([`${ID} was asked for before; this is how far it is`]);
  },
);

test('a repeat asks anew under another key, so that one that was refused begins again', async () => {
  const api = new OneRequest(done);
  await askOnce(api, 'erase', ID, ada);
  await askOnce(api, 'erase', ID, ada);
  expect(api.asked.at(-1)).toBe('POST /staff/people/erase');
});

test('other words have another key, and no key shows the words', async () => {
  const api = new OneRequest(done);
  await askOnce(api, 'export', ID, ada);
  await askOnce(api, 'export', ID, { email: 'eve@example.com' });
  await askOnce(api, 'export', 'DSR-2026-0042', ada);
  expect(api.known.size).toBe(3);
  for (const key of api.known) expect(key).toMatch(/^ops-[A-Za-z0-9_-]{43}$/);
});

test('one that somebody else asked for is joined when it shows the same customer', async () => {
  const api = new OneRequest(done);
  api.refuses = 'CONFLICT';
  await askOnce(api, 'export', ID, { customerId: 'c-1' });
  expect(said).toHaveLength(1);
});

test.each<Named>([{ customerId: 'c-2' }, ada, { orderId: 'ord_1' }])(
  'one that may be of somebody else is not shown to %j',
  async (named) => {
    const api = new OneRequest(done);
    api.refuses = 'CONFLICT';
    const problem = await wayOut(api, named);
    expect(problem).toContain('may be of somebody else');
    expect(problem).toContain(`npm run ops -- person status ${ID}`);
    expect(problem).not.toContain('c-1');
    expect(said).toEqual([]);
  },
);

test('an id that was used for the other kind is refused', async () => {
  const api = new OneRequest(done);
  api.refuses = 'CONFLICT';
  expect(await wayOut(api, { customerId: 'c-1' }, 'erase')).toContain(
    'the id under which this erase was signed off',
  );
});

test('who is not there any more may have been erased by it: its status says so', async () => {
  const api = new OneRequest(done);
  api.refuses = 'NOT_FOUND';
  expect(await wayOut(api, ada, 'erase')).toContain(`npm run ops -- person status ${ID}`);
});
