import { findOrder } from '../../services/orders/use-cases/find-order';
import { listOrders } from '../../services/orders/use-cases/list-orders';
import { readOrderContact } from '../../services/orders/use-cases/read-order-contact';
import { readOrderHistory } from '../../services/orders/use-cases/read-order-history';
import { anOrder, clock, NOW } from './support/an-order';
import { MemoryOrders } from './support/memory-orders';

const order = anOrder();

test("an order is found by its customer alone; another's answer is the same as for one that never was", async () => {
  const orders = new MemoryOrders(order);
  expect(await findOrder({ orders }, { orderId: order.id, customerId: 'ada' })).toEqual(order);
  const others = await findOrder({ orders }, { orderId: order.id, customerId: 'eve' });
  expect(others).toMatchObject({ refused: 'NOT_FOUND' });
  expect(await findOrder({ orders }, { orderId: 'ord_none', customerId: 'eve' })).toEqual(others);
});

test("the history of somebody else's order is not looked up", async () => {
  const history = { eventsOf: jest.fn(async () => []) };
  const ports = { orders: new MemoryOrders(order), history };
  expect(await readOrderHistory(ports, { orderId: order.id, customerId: 'eve' })).toMatchObject({
    refused: 'NOT_FOUND',
  });
  expect(history.eventsOf).not.toHaveBeenCalled();
  expect(await readOrderHistory(ports, { orderId: order.id, customerId: 'ada' })).toEqual([]);
});

test('a list is newest first and goes on after its last order', async () => {
  const orders = new MemoryOrders(
    ...['a', 'b', 'c'].map((id) => anOrder({ id })),
    anOrder({ id: 'z', customerId: 'eve' }),
  );
  const page = await listOrders({ orders }, { customerId: 'ada', limit: 2 });
  expect(page).toMatchObject({ orders: [{ id: 'c' }, { id: 'b' }], next: 'b' });
  const rest = await listOrders({ orders }, { customerId: 'ada', limit: 2, before: page.next });
  expect(rest).toMatchObject({ orders: [{ id: 'a' }], next: undefined });
});

describe('whom to write to', () => {
  const shippingAddress = { name: 'Ada', line1: 'Mill 1', city: 'Ockham', postalCode: 'GU23', country: 'GB' };
  const accounts = (email?: string) => ({ emailOf: jest.fn(async () => email) });
  const links = {
    linkTo: async (id: string, now: number) => `https://shop.example.com/${id}?t=${now}`,
    opens: async () => false,
  };
  const contactOf = (orders: MemoryOrders, account = accounts()) =>
    readOrderContact({ orders, accounts: account, links, clock }, order.id);

  test('the contact of the order wins over the account, which is then not asked', async () => {
    const account = accounts('account@example.com');
    const orders = new MemoryOrders(anOrder({ contact: { email: 'gift@example.com' }, shippingAddress }));
    expect(await contactOf(orders, account)).toEqual({
      outcome: 'FOUND',
      email: 'gift@example.com',
      name: 'Ada',
      shippingAddress,
    });
    expect(account.emailOf).not.toHaveBeenCalled();
  });

  test('the account, when the order has only a phone', async () => {
    const orders = new MemoryOrders(anOrder({ contact: { phone: '+49 30 1234567' } }));
    expect(await contactOf(orders, accounts('ada@example.com'))).toMatchObject({
      outcome: 'FOUND',
      email: 'ada@example.com',
    });
  });

  test('nobody, when the account is erased', async () => {
    const orders = new MemoryOrders(order);
    expect(await contactOf(orders)).toEqual({ outcome: 'ERASED' });
  });

  test('a guest gets a link to the order with every mail, and nobody else does', async () => {
    const guest = anOrder({ customerId: 'gst_1', contact: { email: 'ines@example.com' } });
    expect(await contactOf(new MemoryOrders(guest))).toMatchObject({
      outcome: 'FOUND',
      email: 'ines@example.com',
      link: `https://shop.example.com/${guest.id}?t=${NOW}`,
    });
    const joined = new MemoryOrders({ ...guest, customerId: 'ada' });
    expect(await contactOf(joined)).toMatchObject({ outcome: 'FOUND', link: undefined });
  });

  test('a guest who was erased has no account to ask', async () => {
    const account = accounts('somebody@example.com');
    const orders = new MemoryOrders(anOrder({ customerId: 'gst_1' }));
    expect(await contactOf(orders, account)).toEqual({ outcome: 'ERASED' });
    expect(account.emailOf).not.toHaveBeenCalled();
  });

  test('nobody is known of an order that never was', async () => {
    const orders = new MemoryOrders();
    expect(await contactOf(orders)).toEqual({
      outcome: 'UNKNOWN',
    });
  });
});
