import { periodOf, queryOf } from '../../scripts/ops/order-query';

test.each([
  ['ada@example.com', { email: 'ada@example.com' }],
  ['2026-11-21', { from: '2026-11-21', to: '2026-11-21' }],
  // In no calendar: the API says so.
  ['2026-13-45', { from: '2026-13-45', to: '2026-13-45' }],
  ['awaiting_payment', { status: 'AWAITING_PAYMENT' }],
  ['ord_01KA', { idPrefix: 'ord_01KA' }],
  ['cor_01JDEMCQ7Z8V3N5K2M4P6R8T0W', { correlationId: 'cor_01JDEMCQ7Z8V3N5K2M4P6R8T0W' }],
  ['gst_01JDEMCQ7Z8V3N5K2M4P6R8T0W', { customerId: 'gst_01JDEMCQ7Z8V3N5K2M4P6R8T0W' }],
  ['5f0e1a3c-7f0e-4f6e-8a3a-0d6a2f1b9c11', { customerId: '5f0e1a3c-7f0e-4f6e-8a3a-0d6a2f1b9c11' }],
  ['JD014600003828', { trackingNumber: 'JD014600003828' }],
])('%s is looked for as %j', (anything, query) => {
  expect(queryOf(anything)).toEqual(query);
});

test.each([
  ['2026-11-22', '2026-11-22T00:00:00.000Z'],
  ['2026-11-22T09:00:00Z', '2026-11-22T09:00:00Z'],
  [undefined, undefined],
])('placed before %s is to %s', (before, to) => {
  expect(periodOf({ from: '2026-11-21', to: before })).toEqual({ from: '2026-11-21', to });
});
