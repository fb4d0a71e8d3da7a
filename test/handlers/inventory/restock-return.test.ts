import type { Context } from 'aws-lambda';
import sample from '../../../events/samples/inventory/restockReturn.step.json';
import { conditionFailed } from '../orders/support';
import { context, startWire, type Wire } from './wire';

let wire: Wire;
// biome-ignore lint/suspicious/noExplicitAny: also sent what does not fit
let restock: (input: any, context: Context) => Promise<unknown>;

beforeAll(async () => {
  wire = await startWire({
    PRODUCTS_TABLE: 'products',
    STOCK_TABLE: 'stock',
    MOVEMENTS_TABLE: 'stock-movements',
  });
  ({ handler: restock } = await import('../../../services/inventory/handlers/restock-return'));
});
afterAll(() => wire.close());
beforeEach(() => {
  wire.calls.length = 0;
  wire.answers = {};
});

test('the units and the movement that says where they came from are one transaction', async () => {
  expect(await restock(sample, context())).toMatchObject({ outcome: 'RESTOCKED' });
  const [movement, units] = wire.calls.at(-1)?.body.TransactItems ?? [];
  expect(movement.Put).toMatchObject({
    TableName: 'stock-movements',
    ConditionExpression: 'attribute_not_exists(id)',
    Item: { id: { S: sample.returnId.replace('ret_', 'mov_') }, kind: { S: 'return' }, units: { N: '1' } },
  });
  expect(units.Update.TableName).toBe('stock');
});

test('a movement that is there already is the answer of an earlier run: nothing comes back twice', async () => {
  wire.answers.TransactWriteItems = () => conditionFailed({ Code: 'ConditionalCheckFailed' }, undefined);
  expect(await restock(sample, context())).toMatchObject({ outcome: 'RESTOCKED' });
  expect(wire.operations().filter((operation) => operation === 'TransactWriteItems')).toHaveLength(1);
});

test.each([
  ['no return', { returnId: undefined }],
  ['a return that is none', { returnId: 'ord_1' }],
  ['a quantity of 0', { lines: [{ productId: 'mug', quantity: 0 }] }],
  ['31 lines', { lines: Array.from({ length: 31 }, (_, n) => ({ productId: `p${n}`, quantity: 1 })) }],
])('%s is a fault of the machine, refused before any call', async (_what, over) => {
  await expect(restock({ ...sample, ...over }, context())).rejects.toThrow('Step input');
  expect(wire.calls).toEqual([]);
});
