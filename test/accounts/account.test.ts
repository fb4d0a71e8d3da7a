import {
  type Account,
  change,
  type Device,
  forget,
  newAccount,
} from '../../services/accounts/domain/account';
import { changeAccount } from '../../services/accounts/use-cases/change-account';
import { forgetDevice } from '../../services/accounts/use-cases/forget-device';
import { readRecipient } from '../../services/accounts/use-cases/read-recipient';

const AT = '2026-11-21T12:00:00.000Z';
let count = 0;
const newId = () => {
  count += 1;
  return `dev_${count}`;
};
const phone = { platform: 'fcm', token: 'token-of-a-phone' } as const;

function memory() {
  const rows = new Map<string, Account>();
  const erased = new Set<string>();
  return {
    rows,
    erased,
    find: async (id: string) => (erased.has(id) ? undefined : rows.get(id)),
    save: async (account: Account) => {
      if (erased.has(account.customerId)) return 'ERASED' as const;
      if ((rows.get(account.customerId)?.version ?? 0) !== account.version - 1) return 'STALE' as const;
      rows.set(account.customerId, account);
      return 'SAVED' as const;
    },
  };
}

/** The push platforms: what they were told to forget, and how many versions were saved by then. */
function platforms(accounts: ReturnType<typeof memory>) {
  const told: { tokens: string[]; saved: number }[] = [];
  let fails = (_time: number): boolean => false;
  return {
    told,
    failAt: (...times: number[]) => {
      fails = (time) => times.includes(time);
    },
    forget: async (customerId: string, devices: Device[]) => {
      const saved = accounts.rows.get(customerId)?.version ?? 0;
      told.push({ tokens: devices.map(({ token }) => token), saved });
      if (fails(told.length)) throw new Error('SNS is down');
    },
  };
}

function ports() {
  const accounts = memory();
  return { accounts, devices: platforms(accounts), tell: jest.fn(), clock: () => 0, newId };
}

test('a part that is given takes the place of the old one, and preferences only in their channel', () => {
  const first = change(newAccount('ada'), { preferences: { email: { 'order-shipped': false } } }, AT, newId);
  const second = change(first, { preferences: { sms: { 'order-shipped': false } } }, AT, newId);
  expect(second).toMatchObject({
    version: 2,
    preferences: { email: { 'order-shipped': false }, sms: { 'order-shipped': false } },
  });
});

test('a token that is known is the same device, and one that is sent twice is one', () => {
  const first = change(newAccount('ada'), { devices: [phone, phone] }, AT, newId);
  expect(first.devices).toHaveLength(1);
  expect(change(first, { devices: [phone] }, AT, newId).devices).toEqual(first.devices);
});

test('a device is forgotten by its token, not when it has another by now', () => {
  const account = change(newAccount('ada'), { devices: [phone] }, AT, newId);
  const [device] = account.devices;
  expect(forget(account, device?.id ?? '', 'another token', AT)).toBe(account);
  expect(forget(account, device?.id ?? '', phone.token, AT).devices).toEqual([]);
});

test('of two changes on one version the second is stale', async () => {
  const given = ports();
  const wanted = { devices: [phone] };
  expect(await changeAccount(given, { customerId: 'ada', seen: 0, wanted })).toMatchObject({ version: 1 });
  expect(await changeAccount(given, { customerId: 'ada', seen: 0, wanted })).toMatchObject({
    refused: 'STALE',
  });
});

test.each([0, 1, undefined])('who was erased meanwhile gets no account back, seen %s', async (seen) => {
  const given = ports();
  if (seen === 1) await changeAccount(given, { customerId: 'ada', seen: 0, wanted: { addresses: [] } });
  const find = given.accounts.find;
  // The erasure comes between the reading and the writing.
  given.accounts.find = async (id) => {
    const found = await find(id);
    given.accounts.erased.add(id);
    return found;
  };
  const changed = await changeAccount(given, { customerId: 'ada', seen, wanted: { devices: [phone] } });
  expect(changed).toMatchObject({ refused: 'NOT_FOUND' });
});

describe('a device that is taken off the account', () => {
  const tablet = { platform: 'apns', token: 'token-of-a-tablet' } as const;

  async function withBoth() {
    const given = ports();
    await changeAccount(given, { customerId: 'ada', seen: 0, wanted: { devices: [phone, tablet] } });
    const drop = (devices: object[]) =>
      changeAccount(given, { customerId: 'ada', seen: 1, wanted: { devices: devices as Device[] } });
    return { given, drop };
  }

  test('is forgotten by its platform before the account forgets it, and once more after', async () => {
    const { given, drop } = await withBoth();
    expect(await drop([phone])).toMatchObject({ version: 2, devices: [{ token: phone.token }] });
    expect(given.devices.told).toEqual([
      { tokens: [tablet.token], saved: 1 },
      { tokens: [tablet.token], saved: 2 },
    ]);
  });

  test('is asked after only when one is gone', async () => {
    const { given, drop } = await withBoth();
    await drop([tablet, phone, { platform: 'fcm', token: 'token-of-another' }]);
    await changeAccount(given, { customerId: 'ada', seen: 2, wanted: { addresses: [] } });
    expect(given.devices.told).toEqual([]);
  });

  test('stays with the account while its platform cannot forget it', async () => {
    const { given, drop } = await withBoth();
    given.devices.failAt(1);
    await expect(drop([])).rejects.toThrow('SNS is down');
    expect(given.accounts.rows.get('ada')).toMatchObject({ version: 1, devices: [phone, tablet] });
  });

  test('is gone also when the second time fails: it was forgotten once, and the log says so', async () => {
    const { given, drop } = await withBoth();
    given.devices.failAt(2);
    expect(await drop([])).toMatchObject({ version: 2, devices: [] });
    expect(given.tell).toHaveBeenCalledWith(new Error('SNS is down'));
  });
});

test('notifications learn preferences and devices alone, and nothing of who never said anything', async () => {
  const accounts = memory();
  expect(await readRecipient({ accounts }, 'ada')).toEqual({ outcome: 'UNKNOWN' });
  const account = change(newAccount('ada'), { devices: [phone] }, AT, newId);
  await accounts.save({
    ...account,
    addresses: [{ name: 'Ada', line1: '1', city: 'L', postalCode: '1', country: 'GB' }],
  });
  expect(await readRecipient({ accounts }, 'ada')).toEqual({
    outcome: 'FOUND',
    preferences: {},
    devices: account.devices,
  });
  const deviceId = account.devices[0]?.id ?? '';
  const gone = { customerId: 'ada', deviceId, token: phone.token };
  expect(await forgetDevice({ accounts, clock: () => 0 }, gone)).toEqual({ outcome: 'FORGOTTEN' });
  expect(await forgetDevice({ accounts, clock: () => 0 }, gone)).toEqual({ outcome: 'UNKNOWN' });
});
