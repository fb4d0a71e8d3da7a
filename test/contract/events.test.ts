import * as envelope from '../../events/envelope';
import * as fulfilment from '../../events/fulfilment-events';
import * as holds from '../../events/hold-events';
import * as images from '../../events/image-events';
import * as messages from '../../events/message-results';
import * as orders from '../../events/order-events';
import * as payments from '../../events/payment-events';
import * as products from '../../events/product-events';
import * as stock from '../../events/stock-events';
import * as webhooks from '../../events/webhook-events';

const { makeEvent, readEvent, EventInvalid } = envelope;

const price = { amount: 1450, currency: 'EUR' };
const basics = { customerId: 'ada', attempt: 1, version: 2 };
const content = {
  ...basics,
  items: [{ productId: 'prd_1', name: 'Enamel Mug', quantity: 2, unitPrice: price }],
  total: { amount: 2900, currency: 'EUR' },
};
const steps = [{ step: 'ReserveInventory', outcome: 'RESERVED', at: '2030-01-01T00:00:00.000Z' }];
const product = { productId: 'prd_1', name: 'Enamel Mug', price, version: 3 };

const standing = { status: 'SHIPPED', paymentStatus: 'CAPTURED', fulfilmentStatus: 'PARTIALLY_RETURNED' };
const someLines = { items: content.items, amount: content.total };
const later = '2030-01-02T00:00:00.000Z';

const aRefund = { version: 2, paymentStatus: 'CAPTURED', refundId: 'rfd_1', amount: price };

const EXAMPLES: Record<string, Record<string, unknown>> = {
  'order.placed': content,
  'order.confirmed': { ...content, paymentStatus: 'CAPTURED', steps },
  'order.rejected': { ...content, reason: 'OUT_OF_STOCK', paymentStatus: 'VOIDED', steps },
  'order.cancelled': content,
  'order.settled': { ...basics, paymentStatus: 'REFUNDED', steps },
  'order.cancel-requested': basics,
  'order.saga-requested': { ...basics, because: 'NO_STEP_RECORDED' },
  'order.parked': { ...basics, status: 'PENDING', paymentStatus: 'UNKNOWN', steps },
  'order.shipped': {
    ...basics,
    ...standing,
    ...someLines,
    shipmentId: 'shp_1',
    carrier: 'DHL',
    trackingNumber: 'JD014600003828',
  },
  'order.delivered': { ...basics, ...standing, shipmentId: 'shp_1', items: content.items },
  'order.return-requested': { ...basics, returnId: 'ret_1', items: content.items },
  'order.return-received': { ...basics, ...someLines, returnId: 'ret_1' },
  'order.return-closed': {
    ...basics,
    ...standing,
    returnId: 'ret_1',
    outcome: 'REFUNDED',
    amount: content.total,
  },
  'order.refunded': { ...basics, ...standing, refundId: 'rfd_1', amount: content.total },
  'order.payment-changed': { ...basics, ...standing, because: 'DISPUTE_OPENED' },
  'order.rest-cancelled': { ...content, ...standing },
  'order.held': { ...basics, because: 'ABOVE_THRESHOLD', decideBy: later, steps },
  'order.reviewed': { ...basics, decision: 'APPROVED' },
  'order.choice-asked': { ...content, expiresAt: later, steps },
  'order.choice-made': { ...basics, decision: 'ACCEPTED' },
  'order.link-requested': basics,
  'order.joined': basics,
  'image.processed': {
    productId: 'prd_1',
    imageId: 'img_1',
    width: 4000,
    height: 3000,
    dominantColor: '#b8a890',
    files: [{ url: 'https://shop.example.com/a.jpg', width: 800, height: 600, type: 'image/jpeg', bytes: 9 }],
  },
  'image.rejected': { productId: 'prd_1', imageId: 'img_1', reason: 'TRUNCATED' },
  'message.settled': {
    messageId: 'evt_1#email',
    channel: 'email',
    kind: 'order-confirmed',
    outcome: 'SUPPRESSED',
  },
  'payment.settled': { version: 1, paymentStatus: 'REQUIRES_ACTION' },
  'payment.refund-requested': aRefund,
  'payment.refunded': aRefund,
  'payment.changed': { version: 1, paymentStatus: 'DISPUTED', because: 'DISPUTE_OPENED' },
  'payment.notified': { kind: 'CHARGE_SETTLED' },
  'webhook-endpoint.disabled': { because: 'REPEATED_FAILURE' },
  'product.created': product,
  'product.changed': product,
  'product.retired': product,
  'stock.low': { productId: 'prd_1', name: 'Enamel Mug', stock: 3, threshold: 5 },
};

const contracts: envelope.AnyContract[] = [
  ...orders.orderEvents,
  ...products.productEvents,
  ...payments.paymentEvents,
  ...messages.messageEvents,
  ...stock.stockEvents,
  ...images.imageEvents,
  ...webhooks.webhookEvents,
];

const facts = { subject: 'ord_1', at: 1_900_000_000_000, correlationId: 'cor_1', actor: 'system' as const };
const make = (contract: envelope.AnyContract, data: unknown) => makeEvent(contract, { ...facts, data });

test('every contract that is exported is in a list that consumers read by', () => {
  const all: unknown[] = [
    orders,
    fulfilment,
    holds,
    products,
    messages,
    payments,
    stock,
    images,
    webhooks,
  ].flatMap((file) => Object.values(file));
  const exported = all.filter((value) => !Array.isArray(value));
  expect(new Set(exported)).toEqual(new Set(contracts));
  expect(Object.keys(EXAMPLES).sort()).toEqual(contracts.map(({ type }) => type).sort());
});

describe.each(contracts.map((contract) => [contract.type, contract] as const))('%s', (type, contract) => {
  const data = EXAMPLES[type] as Record<string, unknown>;
  const event = () => JSON.parse(JSON.stringify(make(contract, data)));

  test('is a CloudEvent 1.0 that names its contract and version', () => {
    expect(event()).toEqual({
      specversion: '1.0',
      id: expect.stringMatching(/^evt_/),
      source: contract.source,
      type,
      time: '2030-03-17T17:46:40.000Z',
      subject: 'ord_1',
      datacontenttype: 'application/json',
      dataschema: `urn:orderly:event:${type}:1`,
      correlationid: 'cor_1',
      actor: 'system',
      data,
    });
  });

  test('what is made is read', () => {
    const made = event();
    expect(readEvent([contract], made)).toEqual(made);
  });

  test.each(Object.keys(data))('cannot be made nor read without %s', (name) => {
    const { [name]: _, ...rest } = data;
    expect(() => make(contract, rest)).toThrow(EventInvalid);
    expect(() => readEvent([contract], { ...event(), data: rest })).toThrow(EventInvalid);
  });

  test.each(Object.keys(data))('cannot be made nor read with a wrong %s', (name) => {
    const wrong = { ...data, [name]: { wrong: true } };
    expect(() => make(contract, wrong)).toThrow(EventInvalid);
    expect(() => readEvent([contract], { ...event(), data: wrong })).toThrow(EventInvalid);
  });

  test('a producer is held to it strictly, a consumer tolerates what a newer producer adds', () => {
    expect(() => make(contract, { ...data, more: 1 })).toThrow(EventInvalid);
    const newer = { ...event(), traceparent: '00-1', data: { ...data, more: 1 } };
    expect(readEvent([contract], newer)).toEqual(newer);
  });

  test.each([
    ['another version', { dataschema: `urn:orderly:event:${type}:2` }],
    ['another source', { source: '/elsewhere' }],
    ['another type', { type: `${type}.v2` }],
    ['another specversion', { specversion: '0.3' }],
    ['no id', { id: undefined }],
    ['a time in words', { time: 'yesterday' }],
    ['an unknown actor', { actor: 'robot' }],
  ])('is not read under %s', (_what, over) => {
    expect(() => readEvent([contract], { ...event(), ...over })).toThrow(EventInvalid);
  });
});

test.each([null, undefined, 'text', 7, [], {}])('%p is no event', (value) => {
  expect(() => readEvent(contracts, value)).toThrow(EventInvalid);
});

test("what is wrong is named by its place; its value, maybe a person's, is not repeated", () => {
  const data = { ...EXAMPLES['order.placed'], customerId: { email: 'ada@example.com' } };
  expect(() => make(orders.orderPlaced, data)).toThrow('order.placed: data.customerId string.base');
});

test('an event names nobody: no contract takes an e-mail, an address or a token', () => {
  for (const { data } of contracts) {
    expect(Object.keys(data.describe().keys ?? {}).join()).not.toMatch(/email|address|phone|token|contact/i);
  }
});

test('the id of an event can be given, so that a second publication is the same event', () => {
  expect(makeEvent(orders.orderPlaced, { ...facts, id: 'evt_1', data: content as never }).id).toBe('evt_1');
});
