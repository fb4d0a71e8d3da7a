import { findOrder } from '../../services/orders/use-cases/find-order';
import { listOrders } from '../../services/orders/use-cases/list-orders';
import { readOrderContact } from '../../services/orders/use-cases/read-order-contact';
import { readOrderHistory } from '../../services/orders/use-cases/read-order-history';
import { anOrder } from './support/an-order';
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

  test('the contact of the order wins over the account, which is then not asked', async () => {
    const account = accounts('account@example.com');
    const orders = new MemoryOrders(anOrder({ contact: { email: 'gift@example.com' }, shippingAddress }));
    expect(await readOrderContact({ orders, accounts: account }, order.id)).toEqual({
      outcome: 'FOUND',
      email: 'gift@example.com',
      name: 'Ada',
      shippingAddress,
    });
    expect(account.emailOf).not.toHaveBeenCalled();
  });

  test('the account, when the order has only a phone', async () => {
    const orders = new MemoryOrders(anOrder({ contact: { phone: '+49 30 1234567' } }));
    expect(await readOrderContact({ orders, accounts: accounts('ada@example.com') }, order.id)).toMatchObject(
      {
        outcome: 'FOUND',
        email: 'ada@example.com',
      },
    );
  });

  test('nobody, when the account is erased', async () => {
    const orders = new MemoryOrders(order);
    expect(await readOrderContact({ orders, accounts: accounts() }, order.id)).toEqual({ outcome: 'ERASED' });
  });

  test('nobody is known of an order that never was', async () => {
    const orders = new MemoryOrders();
    expect(await readOrderContact({ orders, accounts: accounts() }, order.id)).toEqual({
      outcome: 'UNKNOWN',
    });
  });
});
