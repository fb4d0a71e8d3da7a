import { isErased, isOpen } from '../../services/orders/domain/person';
import { findPerson } from '../../services/orders/use-cases/find-person';
import { anOrder } from './support/an-order';

describe('an order is open', () => {
  const moved = { shipped: 1, delivered: 1, returning: 0, returned: 0 };

  test.each([
    ...(
      ['PENDING', 'IN_REVIEW', 'AWAITING_CUSTOMER', 'AWAITING_PAYMENT', 'CONFIRMED', 'SHIPPED'] as const
    ).map((status) => [status, { status, owed: false }] as const),
    ['cancelled, and its refund owed', { status: 'CANCELLED', owed: true }],
    [
      'with something coming back',
      { status: 'DELIVERED', owed: false, progress: { prd_1: { ...moved, returning: 1 } } },
    ],
  ] as const)('%s', (_what, change) => {
    expect(isOpen(anOrder(change))).toBe(true);
  });

  test.each(['DELIVERED', 'REJECTED', 'CANCELLED'] as const)('not when it is %s', (status) => {
    expect(isOpen(anOrder({ status, owed: false, progress: { prd_1: { ...moved, returned: 1 } } }))).toBe(
      false,
    );
  });
});

test('an order is erased when no field of a person is left', () => {
  const bare = { contact: undefined, shippingAddress: undefined, paymentToken: undefined };
  expect(isErased(anOrder(bare))).toBe(true);
  expect(isErased(anOrder({ ...bare, cancelReason: 'Moved house' }))).toBe(false);
});

describe('a person is found', () => {
  const guest = anOrder({ id: 'ord_guest', customerId: 'gst_1', emailHash: 'hash of ada@example.com' });
  const erased = anOrder({ id: 'ord_erased', customerId: 'gst_2' });
  const own = anOrder({ id: 'ord_own', customerId: 'ada' });
  const ports = {
    orders: { get: async (id: string) => [guest, erased, own].find((order) => order.id === id) },
    accounts: {
      customerOf: async (email: string) => ({ 'ada@example.com': 'ada', 'bob@example.com': 'eve' })[email],
      verifiedEmailOf: async (id: string) => (id === 'ada' ? 'ada@example.com' : undefined),
    },
    emails: { hashOf: async (email: string) => `hash of ${email}` },
  };
  const ada = { outcome: 'FOUND', customerId: 'ada', emailHash: 'hash of ada@example.com' };

  test.each([
    ['by address: the account and the guest', { email: 'ada@example.com' }, ada],
    ['by the account: with the guest under its verified address', { customerId: 'ada' }, ada],
    ['by an order of the account', { orderId: 'ord_own' }, ada],
    [
      'by an order of a guest: the guest alone',
      { orderId: 'ord_guest' },
      { outcome: 'FOUND', emailHash: ada.emailHash },
    ],
    [
      'by an address nobody verified: the account alone',
      { customerId: 'eve' },
      { outcome: 'FOUND', customerId: 'eve' },
    ],
    [
      'by an address nobody verified, to be erased: the account too, which holds that address',
      { email: 'bob@example.com' },
      { outcome: 'FOUND', customerId: 'eve', emailHash: 'hash of bob@example.com' },
    ],
    [
      'by an address nobody verified, to be told: the guest alone, for the account may be a stranger’s',
      { email: 'bob@example.com', verifiedOnly: true },
      { outcome: 'FOUND', emailHash: 'hash of bob@example.com' },
    ],
    ['by a verified address, to be told: both', { email: 'ada@example.com', verifiedOnly: true }, ada],
    ['no more by an order that was erased', { orderId: 'ord_erased' }, { outcome: 'UNKNOWN' }],
    ['by no order that is not there', { orderId: 'ord_none' }, { outcome: 'UNKNOWN' }],
  ])('%s', async (_what, named, expected) => {
    expect(await findPerson(ports, named)).toEqual(expected);
  });
});
