import { type Account, change, forget, newAccount } from '../../services/accounts/domain/account';
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
  return {
    rows,
    find: async (id: string) => rows.get(id),
    save: async (account: Account) => {
      if ((rows.get(account.customerId)?.version ?? 0) !== account.version - 1) return false;
      rows.set(account.customerId, account);
      return true;
    },
  };
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
  const ports = { accounts: memory(), clock: () => 0, newId };
  const wanted = { devices: [phone] };
  expect(await changeAccount(ports, { customerId: 'ada', seen: 0, wanted })).toMatchObject({ version: 1 });
  expect(await changeAccount(ports, { customerId: 'ada', seen: 0, wanted })).toMatchObject({
    refused: 'STALE',
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
