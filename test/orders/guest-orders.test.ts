import { newGuestId } from '../../services/orders/domain/guest';
import type { Order } from '../../services/orders/domain/order';
import { cancelGuestOrder } from '../../services/orders/use-cases/cancel-guest-order';
import { findGuestOrder } from '../../services/orders/use-cases/find-guest-order';
import { joinGuestOrders } from '../../services/orders/use-cases/join-guest-orders';
import { placeGuestOrder } from '../../services/orders/use-cases/place-guest-order';
import { requestGuestLink } from '../../services/orders/use-cases/request-guest-link';
import { anOrder, answer, clock, NOW, price, priceList, request } from './support/an-order';
import { MemoryOrders } from './support/memory-orders';

const EMAIL = 'Ines@Example.com';
const HASH = 'hash of ines@example.com';
const guestOrder = (over: Partial<Order> = {}) =>
  anOrder({ customerId: newGuestId(NOW), contact: { email: EMAIL }, emailHash: HASH, ...over });

const emails = { hashOf: async (email: string) => `hash of ${email.trim().toLowerCase()}` };
const links = {
  linkTo: async () => 'link',
  opens: async (token: string, id: string) => token === `key of ${id}`,
};

describe('placing as a guest', () => {
  async function place(over: object = {}) {
    const orders = new MemoryOrders();
    const seen: string[] = [];
    const counting = Object.assign(Object.create(orders) as MemoryOrders, {
      place: (
        ...args: Parameters<MemoryOrders['place']> | [...Parameters<MemoryOrders['place']>, string]
      ) => {
        seen.push(String(args[2]));
        return orders.place(args[0], args[1]);
      },
    });
    const ports = {
      orders: counting,
      replies: orders,
      prices: priceList(price('mug')),
      emails,
      clock,
      answer,
      quoteView: (quote: unknown) => quote,
    };
    const command = {
      correlationId: 'cor_1',
      request: request(),
      items: [{ productId: 'mug', quantity: 1 }],
      paymentToken: 'tok_visa',
      contact: { email: EMAIL },
      ...over,
    };
    const reply = await placeGuestOrder(ports, command);
    const again = await placeGuestOrder(ports, { ...command, request: request('key-2') });
    const rows = [reply, again].map((one) => orders.row(JSON.parse((one as { body: string }).body).id));
    return { orders, seen, rows };
  }

  test('two orders of one guest have two customers, and neither says who it is', async () => {
    const { rows, orders } = await place();
    const ids = rows.map(({ customerId }) => customerId);
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^gst_[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(JSON.stringify(orders.events)).not.toMatch(/ines|hash/i);
  });

  test('they are found by one hash, and counted as one caller', async () => {
    const { rows, seen } = await place();
    expect(rows.map(({ emailHash }) => emailHash)).toEqual([HASH, HASH]);
    expect(new Set(seen).size).toBe(1);
    expect(seen[0]).toMatch(/^guest:[\w-]{43}$/);
  });
});

describe('opening by a link', () => {
  const order = guestOrder();
  const open = (orders: MemoryOrders, orderId: string, token?: string) =>
    findGuestOrder({ orders, links, clock }, { orderId, token });

  test('opens the order', async () => {
    expect(await open(new MemoryOrders(order), order.id, `key of ${order.id}`)).toEqual(order);
  });

  test('no token, a wrong one, an erased, a joined and no order at all: one and the same refusal', async () => {
    const key = `key of ${order.id}`;
    const answers = [
      await open(new MemoryOrders(order), order.id),
      await open(new MemoryOrders(order), order.id, 'key of another'),
      await open(new MemoryOrders({ ...order, contact: undefined }), order.id, key),
      await open(new MemoryOrders({ ...order, contact: { phone: '1234567' } }), order.id, key),
      await open(new MemoryOrders({ ...order, customerId: 'ada' }), order.id, key),
      await open(new MemoryOrders(), order.id, key),
    ];
    expect(answers[0]).toMatchObject({ refused: 'NOT_FOUND' });
    for (const one of answers) expect(one).toEqual(answers[0]);
  });

  test('cancels as its customer would, and not without the token', async () => {
    const orders = new MemoryOrders(order);
    const ports = { orders, replies: orders, links, clock, answer };
    const command = { orderId: order.id, correlationId: 'cor_1', request: request() };
    expect(await cancelGuestOrder(ports, { ...command, token: 'no' })).toMatchObject({
      refused: 'NOT_FOUND',
    });
    expect(orders.writes).toBe(0);
    await cancelGuestOrder(ports, { ...command, token: `key of ${order.id}` });
    expect(orders.row(order.id).cancelRequestedAt).toBeDefined();
    expect(orders.eventTypes()).toEqual(['order.cancel-requested']);
  });
});

describe('a new link', () => {
  const order = guestOrder();
  const ask = (orders: MemoryOrders, over: object = {}) =>
    requestGuestLink({ orders, clock }, { orderId: order.id, email: EMAIL, correlationId: 'cor_1', ...over });

  test('is asked for by an event that names nobody, and nothing else of the order changes', async () => {
    const orders = new MemoryOrders(order);
    expect(await ask(orders, { email: ' ines@EXAMPLE.com ' })).toBe('REQUESTED');
    expect(orders.eventTypes()).toEqual(['order.link-requested']);
    expect(JSON.stringify(orders.events)).not.toMatch(/example|key of/i);
    expect(orders.row(order.id)).toEqual({ ...order, version: order.version + 1 });
  });

  test.each<[string, MemoryOrders, object]>([
    ['no order', new MemoryOrders(), {}],
    ['another address', new MemoryOrders(order), { email: 'eve@example.com' }],
    ["an account's order", new MemoryOrders({ ...order, customerId: 'ada' }), {}],
    ['an erased order', new MemoryOrders({ ...order, contact: undefined }), {}],
  ])('for %s nothing is written', async (_what, orders, over) => {
    expect(await ask(orders, over)).toBe('NO_SUCH_ORDER');
    expect(orders.writes).toBe(0);
  });

  test('the fourth of an hour is not written', async () => {
    const orders = new MemoryOrders(order);
    for (let n = 1; n <= 3; n += 1) expect(await ask(orders)).toBe('REQUESTED');
    expect(await ask(orders)).toBe('TOO_MANY');
    expect(orders.writes).toBe(3);
  });

  test('looks again when the saga writes meanwhile', async () => {
    const orders = new MemoryOrders(order);
    orders.meanwhile = () => orders.claim(order.id, { attempt: 1, key: 'run' }, NOW);
    expect(await ask(orders)).toBe('REQUESTED');
    expect(orders.row(order.id)).toMatchObject({ runBy: 'run', version: 3 });
  });
});

describe('joining to an account', () => {
  const orderIds = ['A', 'B', 'C'].map((letter) => `ord_01KA00000SAMP1E0RDER00000${letter}`);
  const theirs = () => orderIds.map((id) => guestOrder({ id }));

  function join(orders: MemoryOrders, email: string | undefined = EMAIL, key = 'key-1') {
    const ports = {
      orders,
      replies: orders,
      accounts: { verifiedEmailOf: async () => email },
      emails,
      clock,
      answer: (joined: object) => ({ status: 200, headers: {}, body: JSON.stringify(joined) }),
    };
    return joinGuestOrders(ports, { customerId: 'ada', correlationId: 'cor_1', request: request(key) });
  }

  test('every order of the address moves in one write, and leaves the index', async () => {
    const stranger = guestOrder({ id: 'ord_stranger', emailHash: 'hash of eve@example.com' });
    const orders = new MemoryOrders(...theirs(), stranger);
    expect(await join(orders)).toMatchObject({ body: '{"joined":3,"more":false}' });
    for (const id of orderIds)
      expect(orders.row(id)).toMatchObject({ customerId: 'ada', emailHash: undefined, version: 2 });
    expect(orders.row('ord_stranger')).toEqual(stranger);
    expect(orders.eventTypes()).toEqual(Array(3).fill('order.joined'));
  });

  test('an address that nobody verified joins nothing', async () => {
    const orders = new MemoryOrders(...theirs());
    expect(await join(orders, '')).toMatchObject({ body: '{"joined":0,"more":false}' });
    expect(orders.writes).toBe(0);
  });

  test('what the index still shows as a guest’s and is an account’s stays where it is', async () => {
    const orders = new MemoryOrders(guestOrder({ customerId: 'grace' }));
    expect(await join(orders)).toMatchObject({ body: '{"joined":0,"more":false}' });
  });

  test('the same request again is told the same, though there is nothing left', async () => {
    const orders = new MemoryOrders(...theirs());
    const first = await join(orders);
    expect(await join(orders)).toMatchObject({ body: (first as { body: string }).body });
    expect(await join(orders, EMAIL, 'key-2')).toMatchObject({ body: '{"joined":0,"more":false}' });
  });

  test('one that changes meanwhile is looked at again', async () => {
    const orders = new MemoryOrders(...theirs());
    orders.meanwhile = () => orders.claim(orderIds[1] as string, { attempt: 1, key: 'run' }, NOW);
    expect(await join(orders)).toMatchObject({ body: '{"joined":3,"more":false}' });
    expect(orders.row(orderIds[1] as string)).toMatchObject({ customerId: 'ada', runBy: 'run', version: 3 });
  });

  test('more than a page is taken by a page at a time', async () => {
    const many = Array.from({ length: 30 }, (_, n) =>
      guestOrder({ id: `ord_${String(n).padStart(26, '0')}` }),
    );
    const orders = new MemoryOrders(...many);
    expect(await join(orders)).toMatchObject({ body: '{"joined":25,"more":true}' });
    expect(await join(orders, EMAIL, 'key-2')).toMatchObject({ body: '{"joined":5,"more":false}' });
  });
});
