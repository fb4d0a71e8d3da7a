import { newOrderId } from '../inventory/support/deployed';
import { paymentRows, sandbox, steps } from '../payments/support/deployed';
import { ledger, netPaid } from '../support/order';

const charge = (reference: string, token: string, amount = 1999) =>
  sandbox('POST /charges', {
    key: `pay#${reference}`,
    body: { reference, amount, currency: 'EUR', token },
  });

describe('the payment steps on the deployed stack', () => {
  test('runs of a payment at once make one charge, and a row below a kilobyte', async () => {
    const orderId = newOrderId();
    await Promise.allSettled(Array.from({ length: 6 }, () => steps.pay(orderId)));
    expect(await steps.pay(orderId)).toMatchObject({ outcome: 'CAPTURED' });
    expect(await ledger(orderId)).toMatchObject([{ amount: 1999, status: 'succeeded', refunded: 0 }]);
    const [row] = await paymentRows(orderId);
    expect(row).toMatchObject({ sk: 'payment', state: 'CAPTURED', refundable: 1999 });
    expect(JSON.stringify(row).length).toBeLessThan(1000);
  });

  test('refunds at once give back once, in one refund row', async () => {
    const orderId = newOrderId();
    await steps.pay(orderId);
    await Promise.allSettled(Array.from({ length: 6 }, () => steps.undo(orderId)));
    expect(await steps.undo(orderId)).toMatchObject({ outcome: 'REFUNDED' });
    expect(await ledger(orderId)).toMatchObject([{ status: 'refunded', refunded: 1999 }]);
    expect(await paymentRows(orderId)).toMatchObject([
      { sk: 'payment', refundable: 0, refunded: 1999 },
      { sk: `refund#${orderId}-1`, status: 'SUCCEEDED', amount: 1999 },
    ]);
  });

  test.each([
    ['tok_declined', 'DECLINED', 'DECLINED', 'declined'],
    ['tok_wrong_amount', 'FAILED', 'VOIDED', 'refunded'],
    ['tok_error_twice', 'CAPTURED', 'REFUNDED', 'refunded'],
    ['tok_requires_action', 'REQUIRES_ACTION', 'VOIDED', 'voided'],
  ])('%s is %s, then %s: net 0', async (token, outcome, undone, status) => {
    const orderId = newOrderId();
    expect(await steps.pay(orderId, token)).toMatchObject({ outcome });
    expect(await steps.undo(orderId)).toMatchObject({ outcome: undone });
    expect(await ledger(orderId)).toMatchObject([{ status }]);
    expect(await netPaid(orderId)).toBe(0);
  });

  test('what the customer does at the action ends the payment', async () => {
    const orderId = newOrderId();
    await steps.pay(orderId, 'tok_requires_action');
    const [waiting] = await ledger(orderId);
    await sandbox(`POST /actions/${waiting?.id}`, { body: { outcome: 'succeed' } });
    expect(await steps.pay(orderId, 'tok_requires_action', 2)).toMatchObject({ outcome: 'CAPTURED' });
  });

  test('after compensation nothing can be charged, by the step or by a late request', async () => {
    const orderId = newOrderId();
    expect(await steps.undo(orderId)).toMatchObject({ outcome: 'VOIDED' });
    expect(await steps.pay(orderId, 'tok_visa', 1)).toMatchObject({ outcome: 'FAILED' });
    expect(await ledger(orderId)).toEqual([]);
  });
});

describe('the sandbox provider behind the gateway', () => {
  test('is public, and replays to the byte', async () => {
    const reference = newOrderId();
    const answers = await Promise.all(Array.from({ length: 20 }, () => charge(reference, 'tok_visa')));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
    expect(await charge(reference, 'tok_visa', 1)).toMatchObject({ status: 422 });
  });

  test('a decline says why', async () => {
    expect(await charge(newOrderId(), 'tok_insufficient_funds')).toMatchObject({
      status: 402,
      body: { decline_code: 'insufficient_funds' },
    });
  });

  test('lists since a time, page by page', async () => {
    const since = new Date().toISOString();
    const references = Array.from({ length: 5 }, newOrderId);
    await Promise.all(references.map((reference) => charge(reference, 'tok_visa')));
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const query = new URLSearchParams({ since, limit: '2', ...(cursor && { cursor }) });
      const { body } = await sandbox(`GET /charges?${query}`);
      found.push(...body.items.map((item: { reference: string }) => item.reference));
      cursor = body.nextCursor;
    } while (cursor);
    expect(found).toEqual(expect.arrayContaining(references));
    expect(new Set(found).size).toBe(found.length);
  });

  test('expire, refund, capture and abandon under their addresses', async () => {
    const [waiting, held, paid] = [newOrderId(), newOrderId(), newOrderId()];
    const { body: action } = await charge(waiting, 'tok_requires_action');
    expect(await sandbox(`POST /charges/${action.id}/expire`)).toMatchObject({ status: 200 });
    const { body: authorized } = await sandbox('POST /charges', {
      key: `pay#${held}`,
      body: { reference: held, amount: 1, currency: 'EUR', token: 'tok_visa', capture: false },
    });
    expect(await sandbox(`POST /charges/${authorized.id}/capture`, { body: {} })).toMatchObject({
      status: 200,
    });
    const { body: captured } = await charge(paid, 'tok_visa');
    const refund = { key: 'refund#e2e', body: { amount: 999 } };
    expect(await sandbox(`POST /charges/${captured.id}/refunds`, refund)).toMatchObject({ status: 201 });
    expect(await sandbox('POST /abandonments', { body: { key: `pay#${paid}` } })).toMatchObject({
      status: 200,
      body: { closed: true, charge: { status: 'refunded', refunded: 1999 } },
    });
    expect(await ledger(waiting)).toMatchObject([{ status: 'expired' }]);
    expect(await ledger(held)).toMatchObject([{ status: 'succeeded' }]);
  });
});
