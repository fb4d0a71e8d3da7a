import { type AnyContract, makeEvent } from '../../events/envelope';
import { orderRefunded } from '../../events/fulfilment-events';
import { orderConfirmed, orderPlaced, orderSagaRequested } from '../../events/order-events';
import type { OrderMessage } from '../../services/orders/domain/order-message';
import type { RecordedEvent } from '../../services/orders/ports/order-history';
import { contentOf } from '../../services/orders/use-cases/order-change';
import { readOrderTimeline, type TimelinePage } from '../../services/orders/use-cases/read-order-timeline';
import { iso, SECOND } from '../../shared/kernel/time';
import { anOrder, claimed, NOW } from './support/an-order';
import { MemoryOrders } from './support/memory-orders';

const order = anOrder({ owed: false });
const time = (seconds: number) => iso(NOW + seconds * SECOND);

const recorded = (version: number, contract: AnyContract, at: number, data: object): RecordedEvent => ({
  version,
  event: makeEvent(contract, {
    id: `evt_${version}`,
    subject: order.id,
    at: NOW + at * SECOND,
    correlationId: `cor_${version}`,
    actor: 'system',
    data: data as never,
  }),
});
const content = contentOf(order);
const basics = { customerId: 'ada', version: 3 };
const steps = [
  { step: 'ReserveInventory', outcome: 'RESERVED', at: time(61) },
  { step: 'ProcessPayment', outcome: 'CAPTURED', at: time(62) },
];
const events = [
  recorded(1, orderPlaced, 0, content),
  recorded(3, orderSagaRequested, 60, { ...basics, attempt: 2, because: 'NO_STEP_RECORDED' }),
  recorded(5, orderConfirmed, 63, { ...content, attempt: 2, paymentStatus: 'CAPTURED', steps }),
  recorded(6, orderRefunded, 90, {
    ...basics,
    attempt: 2,
    refundId: 'rfd_1',
    amount: { amount: 100, currency: 'EUR' },
    status: 'CONFIRMED',
    paymentStatus: 'PARTIALLY_REFUNDED',
    fulfilmentStatus: 'UNFULFILLED',
  }),
];
const mail: OrderMessage = {
  orderId: order.id,
  messageId: 'evt_5#email',
  channel: 'email',
  kind: 'order-confirmed',
  outcome: 'SENT',
  at: time(65),
  correlationId: 'cor_5',
};

function read(query: object = {}, over: { order?: typeof order | undefined } = { order }) {
  const ports = {
    orders: new MemoryOrders(...(over.order ? [over.order] : [])),
    history: {
      eventsAfter: async (_id: string, { version, limit }: { version: number; limit: number }) => {
        const rest = events.filter((one) => one.version > version);
        return { events: rest.slice(0, limit), more: rest.length > limit };
      },
    },
    messages: { messagesOf: async () => [mail] },
  };
  return readOrderTimeline(ports, { orderId: order.id, limit: 50, ...query }) as Promise<TimelinePage>;
}

const told = ({ items }: TimelinePage) =>
  items.map(({ kind, type, step, message, attempt, correlationId }) =>
    [kind, type ?? step ?? message, attempt, correlationId].join(' '),
  );

const WHOLE = [
  'event order.placed 1 cor_1',
  'event order.saga-requested 2 cor_3',
  'step ReserveInventory 2 cor_5',
  'step ProcessPayment 2 cor_5',
  'event order.confirmed 2 cor_5',
  'message order-confirmed 2 cor_5',
  'payment order.refunded 2 cor_6',
];

test('events, steps with their attempt, payments and messages stand in the order of time', async () => {
  const page = await read();
  expect(told(page)).toEqual(WHOLE);
  expect(page.next).toBeUndefined();
  expect(page.items[5]).toMatchObject({ channel: 'email', outcome: 'SENT', at: time(65) });
  expect(page.items[4]).not.toHaveProperty('data.steps');
});

test.each([1, 2, 3])('pages of %d events tell each thing once', async (limit) => {
  const all: string[] = [];
  let after: TimelinePage['next'];
  do {
    const page = await read({ limit, after });
    all.push(...told(page));
    after = page.next;
  } while (after);
  // A message has its attempt where its event is on the same page.
  const plain = (lines: string[]) => lines.map((line) => line.replace('confirmed 2', 'confirmed ')).sort();
  expect(plain(all)).toEqual(plain(WHOLE));
});

test('an attempt that was claimed and has not ended shows as such, last', async () => {
  const stuck = claimed({ attempt: 3, updatedAt: time(100) });
  const { items } = await read({}, { order: stuck });
  expect(items.at(-1)).toMatchObject({ kind: 'step', outcome: 'CLAIMED', attempt: 3, at: time(100) });
});

test('an order that never was has none', async () => {
  expect(await read({}, { order: undefined })).toMatchObject({ refused: 'NOT_FOUND' });
});
