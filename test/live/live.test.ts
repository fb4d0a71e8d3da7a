import { audienceKey, MOST_CONNECTIONS, MOST_FRAMES } from '../../services/live/domain/connection';
import { issueGuestTicket } from '../../services/live/use-cases/issue-guest-ticket';
import { issueTicket } from '../../services/live/use-cases/issue-ticket';
import { openConnection } from '../../services/live/use-cases/open-connection';
import { pushOrderStatus } from '../../services/live/use-cases/push-order-status';
import { watchOrder } from '../../services/live/use-cases/watch-order';
import { clock, MemoryConnections, MemoryOrders, MemoryPages, MemoryTickets, NOW } from './memory-live';

const order = { id: 'ord_1', version: 3, status: 'CONFIRMED' };
const adas = { customerId: 'ada', isGuests: false, order };
const guests = { customerId: 'gst_1', isGuests: true, order };

const connection = (id: string, audience: Parameters<typeof audienceKey>[0], age = 60_000) => ({
  id,
  audience: audienceKey(audience),
  openedAt: new Date(NOW - age).toISOString(),
});

const desk = (snapshot: typeof adas | undefined, ...open: ReturnType<typeof connection>[]) => ({
  tickets: new MemoryTickets(),
  connections: new MemoryConnections(open),
  pages: new MemoryPages(),
  orders: new MemoryOrders(snapshot),
  clock,
});

const ada = { customerId: 'ada' };
const pushed = { orderId: 'ord_1', customerId: 'ada' };

describe('a ticket', () => {
  test('opens one connection, for whom it was issued', async () => {
    const ports = desk(adas);
    const { ticket, expiresIn } = await issueTicket(ports, ada);
    expect(expiresIn).toBe(30);
    expect(await openConnection(ports, { connectionId: 'c1', ticket })).toBeUndefined();
    expect(await openConnection(ports, { connectionId: 'c2', ticket })).toMatchObject({
      refused: 'FORBIDDEN',
    });
    expect(ports.connections.open_).toMatchObject([{ id: 'c1', audience: 'customer#ada' }]);
  });

  test('is over after 30 seconds', async () => {
    const ports = desk(adas);
    const { ticket } = await issueTicket(ports, ada);
    const late = { ...ports, clock: () => NOW + 30_000 };
    expect(await openConnection(late, { connectionId: 'c1', ticket })).toMatchObject({
      refused: 'FORBIDDEN',
    });
  });

  test("of a guest is for the one order that the guest's link opens", async () => {
    const ports = desk(guests);
    expect(await issueGuestTicket(ports, { orderId: 'ord_1', token: 'bad' })).toMatchObject({
      refused: 'NOT_FOUND',
    });
    expect(await issueGuestTicket(ports, { orderId: 'ord_1' })).toMatchObject({ refused: 'NOT_FOUND' });
    const issued = await issueGuestTicket(ports, { orderId: 'ord_1', token: 'good' });
    const { ticket } = issued as { ticket: string };
    await openConnection(ports, { connectionId: 'c1', ticket });
    expect(ports.connections.open_).toMatchObject([{ audience: 'order#ord_1' }]);
  });
});

test('one page too many closes the oldest', async () => {
  const open = Array.from({ length: MOST_CONNECTIONS }, (_, n) => connection(`c${n}`, ada, 1000 * (n + 1)));
  const ports = desk(adas, ...open);
  const { ticket } = await issueTicket(ports, ada);
  await openConnection(ports, { connectionId: 'new', ticket });
  expect(ports.pages.closed).toEqual([`c${MOST_CONNECTIONS - 1}`]);
  expect(ports.connections.ids()).toHaveLength(MOST_CONNECTIONS);
});

describe('a change', () => {
  test('goes whole to every page of its customer and to no other', async () => {
    const ports = desk(
      adas,
      connection('a', ada),
      connection('b', ada),
      connection('e', { customerId: 'eve' }),
    );
    expect(await pushOrderStatus(ports, pushed)).toEqual({ sent: 2, gone: 0, closed: 0 });
    const frame = { type: 'order', order, version: 3 };
    expect(ports.pages.sent).toEqual([
      ['a', frame],
      ['b', frame],
    ]);
  });

  test('of which nobody has a page open asks for nothing', async () => {
    const ports = desk(adas);
    await pushOrderStatus(ports, pushed);
    expect(ports.orders.asked).toBe(0);
  });

  test('does not go to connections that are over two hours old', async () => {
    const ports = desk(adas, connection('old', ada, 2 * 3_600_000 + 1));
    expect(await pushOrderStatus(ports, pushed)).toEqual({ sent: 0, gone: 0, closed: 0 });
  });

  test('forgets who is gone, closes who takes nothing, and reaches the others', async () => {
    const ports = desk(adas, connection('gone', ada), connection('slow', ada), connection('well', ada));
    ports.pages.outcomes = { gone: 'GONE', slow: 'SLOW' };
    expect(await pushOrderStatus(ports, pushed)).toEqual({ sent: 1, gone: 1, closed: 1 });
    expect(ports.connections.ids()).toEqual(['well']);
    expect(ports.pages.closed).toEqual(['slow']);
  });

  test('keeps a connection whose handshake may not be over', async () => {
    const ports = desk(adas, connection('young', ada, 1000));
    ports.pages.outcomes = { young: 'GONE' };
    await pushOrderStatus(ports, pushed);
    expect(ports.connections.ids()).toEqual(['young']);
  });

  test('that cannot be sent at all reaches the others and is tried again', async () => {
    const ports = desk(adas, connection('a', ada), connection('b', ada));
    ports.pages.outcomes = { a: new Error('throttled') };
    await expect(pushOrderStatus(ports, pushed)).rejects.toThrow('throttled');
    expect(ports.pages.sent).toHaveLength(1);
    expect(ports.connections.ids()).toEqual(['a', 'b']);
  });

  test("closes a guest's page once the order is an account's, whose own page hears of it", async () => {
    const ports = desk(adas, connection('guest', { orderId: 'ord_1' }), connection('a', ada));
    expect(await pushOrderStatus(ports, pushed)).toEqual({ sent: 1, gone: 0, closed: 1 });
    expect(ports.pages.sent.map(([id]) => id)).toEqual(['a']);
    expect(ports.connections.ids()).toEqual(['a']);
  });
});

describe('watching', () => {
  const watch = (ports: ReturnType<typeof desk>, connectionId: string, orderId = 'ord_1') =>
    watchOrder(ports, { connectionId, orderId });

  test('gives the order as it is now', async () => {
    const ports = desk(adas, connection('a', ada));
    expect(await watch(ports, 'a')).toBeUndefined();
    expect(ports.pages.sent).toEqual([['a', { type: 'order', order, version: 3 }]]);
  });

  test.each([
    ["somebody else's order", adas, { customerId: 'eve' }, 'ord_1'],
    ['an order that never was', adas, ada, 'ord_2'],
    ["another guest's order", guests, { orderId: 'ord_2' }, 'ord_1'],
    ["a guest's order that is an account's by now", adas, { orderId: 'ord_1' }, 'ord_1'],
  ])('gives nothing of %s', async (_what, snapshot, audience, orderId) => {
    const ports = desk(snapshot, connection('a', audience));
    expect(await watch(ports, 'a', orderId)).toMatchObject({ refused: 'NOT_FOUND' });
    expect(ports.pages.sent).toEqual([]);
  });

  test('a guest gets the order of the link', async () => {
    const ports = desk(guests, connection('a', { orderId: 'ord_1' }));
    expect(await watch(ports, 'a')).toBeUndefined();
    expect(ports.pages.sent).toHaveLength(1);
  });

  test('is bounded by the minute, and a connection that nobody knows is closed', async () => {
    const ports = desk(adas, connection('a', ada));
    for (let n = 0; n < MOST_FRAMES; n += 1) expect(await watch(ports, 'a')).toBeUndefined();
    expect(await watch(ports, 'a')).toMatchObject({ refused: 'RATE_LIMITED', retryAfter: 60 });
    await watch(ports, 'nobody');
    expect(ports.pages.closed).toEqual(['nobody']);
  });
});
