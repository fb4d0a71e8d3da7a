import fc from 'fast-check';
import { newRequest, type Person, type PersonRequest } from '../../services/privacy/domain/person-request';
import type { ExportFiles, Keepers, OrdersPage } from '../../services/privacy/ports/keepers';
import { askAboutPerson } from '../../services/privacy/use-cases/ask-about-person';
import { workOnRequest } from '../../services/privacy/use-cases/work-on-request';
import { isRefusal } from '../../shared/kernel/refusal';

const ACCOUNT = '5f0c2a1e';
const HASH = 'hash-of-ada';
const clock = () => Date.parse('2026-11-21T12:00:00.000Z');

/** What is kept of two people, in the services' own words. */
class House implements Keepers, ExportFiles {
  kept: Record<
    string,
    { by: keyof Person; id: string; open?: boolean; refundOpen?: boolean; told: boolean }
  > = {};
  accounts = new Set([ACCOUNT, 'somebody-else']);
  devices = new Set([ACCOUNT]);
  refundReasons = new Set<string>();
  files = new Map<string, unknown>();
  /** Calls until the process dies. */
  left = Number.POSITIVE_INFINITY;

  add(
    id: string,
    by: keyof Person,
    whose: string,
    more: { open?: boolean; refundOpen?: boolean } = {},
  ): void {
    this.kept[id] = { by, id: whose, told: true, ...more };
    this.refundReasons.add(id);
  }

  private live(): void {
    this.left -= 1;
    if (this.left < 0) throw new Error('killed');
  }

  async orders(person: Person, { by, before }: { by: keyof Person; before?: string }): Promise<OrdersPage> {
    this.live();
    const all = Object.entries(this.kept)
      // An erased order of a guest has lost the hash it was found by.
      .filter(([, one]) => one.by === by && one.id === person[by] && (by === 'customerId' || one.told))
      .map(([id]) => id)
      .sort()
      .reverse()
      .filter((id) => before === undefined || id < before);
    const orderIds = all.slice(0, 2);
    const open = orderIds.filter((id) => this.kept[id]?.open);
    return { orderIds, open, orders: orderIds, next: all.length > 2 ? orderIds.at(-1) : undefined };
  }

  async eraseOrders(orderIds: string[]) {
    for (const id of orderIds) {
      this.live();
      if (this.kept[id]) this.kept[id].told = false;
    }
    return { open: [] };
  }

  async payments(orderIds: string[]) {
    return orderIds;
  }

  async erasePayments(orderIds: string[], check: boolean) {
    this.live();
    const open = orderIds.filter((id) => this.kept[id]?.refundOpen);
    if (open.length === 0 && !check) for (const id of orderIds) this.refundReasons.delete(id);
    return { open };
  }

  async account(customerId: string) {
    return { user: customerId };
  }

  async eraseAccount(customerId: string) {
    this.live();
    this.accounts.delete(customerId);
  }

  async eraseDevices(customerId: string) {
    this.live();
    if (this.accounts.has(customerId)) this.devices.delete(customerId);
  }

  async write(file: string, content: unknown) {
    this.live();
    this.files.set(file, content);
  }

  async eraseAll(folders: string[]) {
    this.live();
    for (const file of this.files.keys())
      if (folders.includes(file.split('/')[0] ?? '')) this.files.delete(file);
  }
}

const requested = (kind: PersonRequest['kind'], person: Person = { customerId: ACCOUNT, emailHash: HASH }) =>
  newRequest({
    id: 'DSR-2026-0042',
    kind,
    person,
    requestedBy: 'staff',
    requestedAt: '2026-11-21T11:00:00.000Z',
    correlationId: 'cor',
  });

/** Calls as the stream does: each write of the row brings the next call, and a failed call comes again. */
async function run(house: House, row: PersonRequest, dies: number[] = []): Promise<PersonRequest> {
  let now = row;
  const requests = {
    async move(next: PersonRequest) {
      if (next.version === now.version + 1) now = next;
    },
  };
  for (let calls = 0; now.status === 'RUNNING' && calls < 200; calls += 1) {
    house.left = dies[calls] ?? Number.POSITIVE_INFINITY;
    await workOnRequest({ keepers: house, files: house, requests, clock }, now).catch((error: Error) => {
      if (error.message !== 'killed') throw error;
    });
  }
  return now;
}

function furnished(own: number, asGuest: number): House {
  const house = new House();
  for (let n = 0; n < own; n += 1) house.add(`ord_own${n}`, 'customerId', ACCOUNT);
  for (let n = 0; n < asGuest; n += 1) house.add(`ord_guest${n}`, 'emailHash', HASH);
  house.add('ord_other', 'customerId', 'somebody-else');
  return house;
}

const left = (house: House) => Object.entries(house.kept).flatMap(([id, { told }]) => (told ? [id] : []));

test('an export has the account and every order once, of the account and of the guest', async () => {
  const house = furnished(5, 3);
  const done = await run(house, requested('EXPORT'));
  expect(done).toMatchObject({ status: 'DONE', orders: 8, person: { customerId: ACCOUNT } });
  const told = [...house.files.values()].flatMap(
    (content) => (content as { orders?: string[] }).orders ?? [],
  );
  expect(told.sort()).toEqual(
    left(house)
      .filter((id) => id !== 'ord_other')
      .sort(),
  );
  expect(done.files.map((file) => file.replace(`${ACCOUNT}/DSR-2026-0042/`, ''))).toEqual(
    ['account', 'orders-0001', 'orders-0002', 'orders-0003', 'orders-0004', 'orders-0005'].map(
      (name) => `${name}.json`,
    ),
  );
});

test('killed anywhere, as often as you like, an erasure ends with nothing left of this person and all of the other', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(5),
      fc.nat(5),
      fc.array(fc.nat(5), { maxLength: 40 }),
      async (own, asGuest, dies) => {
        const house = furnished(own, asGuest);
        await run(house, requested('EXPORT'));
        expect(await run(house, requested('ERASE'), dies)).toMatchObject({ status: 'DONE' });
        expect(left(house)).toEqual(['ord_other']);
        expect([...house.refundReasons]).toEqual(['ord_other']);
        expect([...house.accounts]).toEqual(['somebody-else']);
        expect([house.devices.size, house.files.size]).toEqual([0, 0]);
      },
    ),
    { numRuns: 60 },
  );
});

test.each([
  ['an order is open', { open: true }],
  ['a refund is on its way', { refundOpen: true }],
])('while %s nothing is erased, not even of the pages before', async (_what, state) => {
  const house = furnished(4, 0);
  house.add('ord_a-first-one', 'emailHash', HASH, state);
  const refusal = await run(house, requested('ERASE'));
  expect(refusal).toMatchObject({ status: 'REFUSED', openOrders: ['ord_a-first-one'] });
  expect(left(house)).toHaveLength(6);
  expect(house.accounts.has(ACCOUNT)).toBe(true);
});

test('the hash of an address is forgotten with the last step', async () => {
  const done = await run(furnished(0, 1), requested('ERASE', { emailHash: HASH }));
  expect(JSON.stringify(done)).not.toContain(HASH);
});

describe('a request id', () => {
  const ask = async (
    known: PersonRequest | undefined,
    kind: PersonRequest['kind'],
    person: Person | undefined,
  ) => {
    const answer = await askAboutPerson(
      {
        people: { find: async () => person },
        requests: { get: async () => known, open: async () => ({ opened: true }) },
        replies: { find: async () => undefined },
        clock,
        answer: (row) => ({ status: 202, headers: {}, body: JSON.stringify(row) }),
      },
      {
        kind,
        requestId: 'DSR-2026-0042',
        named: {},
        staffId: 'second-staff',
        correlationId: 'again',
        request: { recordKey: 'k', fingerprint: 'f' },
      },
    );
    return isRefusal(answer) ? answer.refused : JSON.parse(answer.body);
  };
  const refusal: PersonRequest = {
    ...requested('ERASE', { customerId: ACCOUNT }),
    status: 'REFUSED',
    openOrders: ['ord_1'],
    version: 3,
  };

  /** Asked for twelve hours ago: its stream has nothing of it any more. */
  const stuck: PersonRequest = {
    ...refusal,
    status: 'RUNNING',
    openOrders: undefined,
    step: 'ORDERS',
    requestedAt: '2026-11-21T00:00:00.000Z',
  };

  test('that has stood still is asked for again after twelve hours, from the first step', async () => {
    expect(await ask(stuck, 'ERASE', { customerId: ACCOUNT })).toMatchObject({
      status: 'RUNNING',
      step: 'CHECK',
      version: 4,
      requestedAt: '2026-11-21T12:00:00.000Z',
    });
    const younger = { ...stuck, requestedAt: '2026-11-21T00:00:00.001Z' };
    expect(await ask(younger, 'ERASE', { customerId: ACCOUNT })).toBe('CONFLICT');
  });

  test('that was refused is asked for again, from the first step', async () => {
    expect(await ask(refusal, 'ERASE', { customerId: ACCOUNT, emailHash: HASH })).toMatchObject({
      status: 'RUNNING',
      step: 'CHECK',
      version: 4,
      correlationId: 'again',
      requestedBy: 'second-staff',
    });
  });

  test.each([
    ['for another person', refusal, 'ERASE', { customerId: 'somebody-else' }],
    ['for another purpose', refusal, 'EXPORT', { customerId: ACCOUNT }],
    ['that is done', { ...refusal, status: 'DONE' }, 'ERASE', { customerId: ACCOUNT }],
    ['that runs', { ...refusal, status: 'RUNNING' }, 'ERASE', { customerId: ACCOUNT }],
    ['that has stood still, for another person', stuck, 'ERASE', { customerId: 'somebody-else' }],
    ['that has stood still, for another purpose', stuck, 'EXPORT', { customerId: ACCOUNT }],
  ] as const)('%s is refused', async (_what, known, kind, person) => {
    expect(await ask({ ...known }, kind, person)).toBe('CONFLICT');
  });

  test('about nobody is refused', async () => {
    expect(await ask(undefined, 'ERASE', undefined)).toBe('NOT_FOUND');
  });
});
