import { DEAD_LETTER_QUEUES } from '../../services/operations/domain/dead-letter-queues';
import { newId } from '../../shared/kernel/ids';
import { api, newKey } from '../support/api';
import { letterWith, sendTo } from '../support/dead-letters';
import { ops } from '../support/ops';
import { available, getOrder, placeOrder, settled } from '../support/order';
import { productOnSale } from '../support/product-on-sale';
import { tokenOf } from '../support/sign-in';
import { waitFor } from '../support/wait-for';

const NO_ROUTE = 'Nobody reads this';

const poison = (queue: string) => JSON.stringify({ poison: `${NO_ROUTE} ${queue} ${newKey()}` });

const working = Object.entries(DEAD_LETTER_QUEUES).flatMap(([dlq, target]) =>
  'queue' in target && !dlq.endsWith('-subscription-dlq') ? [[dlq, target.queue] as const] : [],
);

test.concurrent.each(working)(
  'poison lands in %s with its reason, and is ended by staff',
  async (dlq, queue) => {
    const body = poison(queue);
    await sendTo(queue, body);
    const letter = await letterWith(dlq, body);
    expect(letter.reason).toMatch(/\w/);
    const token = await tokenOf('staff');
    const discard = { ids: [letter.id], reason: 'TEST' };
    const ended = await api(`POST /staff/dead-letters/${dlq}/discard`, { token, body: discard });
    expect(ended.body).toEqual({ discarded: [letter.id] });
    const again = await api(`POST /staff/dead-letters/${dlq}/discard`, { token, body: discard });
    expect(again.body).toEqual({ discarded: [] });
  },
);

test('a letter that fails again comes back, and the command line says so by its exit code', async () => {
  const body = poison('price-list');
  await sendTo('price-list', body);
  const { id } = await letterWith('price-list-dlq', body);
  const dry = await ops('dlq', 'redrive', 'price-list-dlq', id, '--dry-run');
  expect(dry).toMatchObject({ code: 0, stdout: expect.stringContaining('1 would be sent on') });
  const run = await ops('dlq', 'redrive', 'price-list-dlq', id, '--rate', '50/s');
  expect(run.stdout).toMatch(/1 sent on, 0 stayed, 1 came back/);
  expect(run.code).toBe(1);
  const back = await letterWith('price-list-dlq', body);
  const gone = await ops('dlq', 'discard', 'price-list-dlq', back.id, '--reason', 'INVALID');
  expect(gone).toMatchObject({ code: 0, stdout: expect.stringContaining(back.id) });
});

test('a letter that nothing is wrong with takes effect when it is sent on', async () => {
  const token = await tokenOf('customer');
  // A product that nobody has asked for yet: no order desk keeps a price of it.
  const productId = newId('prd');
  const event = {
    specversion: '1.0',
    id: `evt_${newKey()}`,
    source: '/inventory',
    type: 'product.created',
    time: new Date().toISOString(),
    subject: productId,
    datacontenttype: 'application/json',
    dataschema: 'urn:orderly:event:product.created:1',
    correlationid: newKey(),
    actor: 'staff',
    data: { productId, name: 'Redriven', price: { amount: 4321, currency: 'EUR' }, version: 1 },
  };
  await sendTo('price-list-dlq', JSON.stringify(event));
  const { id } = await letterWith('price-list-dlq', event.id);
  const run = await ops('dlq', 'redrive', 'price-list-dlq', id, '--rate', '50/s');
  expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining('1 sent on, 0 stayed, 0 came back') });
  await waitFor(
    async () => {
      const body = { items: [{ productId, quantity: 1 }] };
      const quote = await api('POST /orders/quote', { token, body });
      return quote.body.total?.amount === 4321;
    },
    { limit: 45_000, what: 'the price of the redriven event' },
  );
});

test('an order that lies still is resumed: its next attempt takes it up', async () => {
  const staff = await tokenOf('staff');
  const { body } = await placeOrder({
    items: [{ productId: await productOnSale(5), quantity: 1 }],
    payment: 'tok_requires_action',
  });
  expect((await settled(body.id)).status).toBe('AWAITING_PAYMENT');
  const resumed = await api(`POST /staff/orders/${body.id}/resume`, {
    token: staff,
    key: newKey(),
    body: {},
  });
  expect(resumed.status).toBe(202);
  const { body: history } = await api(`GET /orders/${body.id}/history`, { token: await tokenOf('customer') });
  expect(history.items).toContainEqual(
    expect.objectContaining({
      type: 'order.saga-requested',
      actor: 'staff',
      data: expect.objectContaining({ attempt: 2, because: 'RESUMED_BY_STAFF' }),
    }),
  );
});

test('an order that is compensated gives back what it held and is CANCELLED; then there is nothing to resume', async () => {
  const staff = await tokenOf('staff');
  const productId = await productOnSale(5);
  const { body } = await placeOrder({ items: [{ productId, quantity: 2 }], payment: 'tok_requires_action' });
  await settled(body.id);
  expect(await available(productId)).toBe(3);
  const said = await ops('order', 'compensate', body.id);
  expect(said.code).toBe(0);
  await waitFor(
    async () => {
      const { body: history } = await api(`GET /orders/${body.id}/history`, {
        token: await tokenOf('customer'),
      });
      return history.items.some(({ type }: { type: string }) => type === 'order.settled');
    },
    { limit: 45_000, what: 'the attempt to have given everything back' },
  );
  expect(await available(productId)).toBe(5);
  expect(await getOrder(body.id)).toMatchObject({ status: 'CANCELLED' });
  const resume = await api(`POST /staff/orders/${body.id}/resume`, { token: staff, key: newKey(), body: {} });
  expect(resume.body).toMatchObject({ status: 409, code: 'ILLEGAL_TRANSITION' });
});

test('the events of an order are sent again under their ids, and what staff did is in the audit log', async () => {
  const staff = await tokenOf('staff');
  const { body } = await placeOrder({ items: [{ productId: await productOnSale(5), quantity: 1 }] });
  await settled(body.id);
  const sent = await api(`POST /staff/orders/${body.id}/republish`, { token: staff, body: {} });
  expect(sent.body.events).toBeGreaterThanOrEqual(2);
  const audit = await ops('audit', '--all');
  expect(audit.stdout).toMatch(new RegExp(`republish-order +${body.id}`));
  for (const deed of ['resume-order', 'compensate-order', 'redrive-dead-letters', 'discard-dead-letter'])
    expect(audit.stdout).toContain(deed);
});

test('only staff operate', async () => {
  const token = await tokenOf('customer');
  for (const route of [
    'GET /staff/dead-letters',
    'GET /staff/dead-letters/email-dlq',
    'GET /staff/audit?date=2026-11-21',
  ])
    expect((await api(route, { token })).status).toBe(403);
  for (const route of ['POST /staff/dead-letters/email-dlq/redrive', 'POST /staff/orders/ord_1/resume'])
    expect((await api(route, { token, key: newKey(), body: {} })).status).toBe(403);
});

test.each([
  ['GET /staff/dead-letters/no-such-dlq', 404],
  ['GET /staff/dead-letters/email', 404],
  ['GET /staff/dead-letters/email-dlq?limit=0', 400],
  ['GET /staff/audit', 400],
  ['GET /staff/audit?date=2026-11-21&cursor=nonsense', 400],
])('%s is %i', async (route, status) => {
  expect((await api(route, { token: await tokenOf('staff') })).status).toBe(status);
});
