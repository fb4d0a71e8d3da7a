import type { Restock, Restocks } from '../../services/inventory/ports/restocks';
import { restockReturn } from '../../services/inventory/use-cases/restock-return';

const AT = Date.parse('2030-01-01T12:00:00.000Z');

function room(shards = 1) {
  const booked: Restock[] = [];
  const restocks: Restocks = {
    book: async (restock) => {
      booked.push(restock);
    },
  };
  const stock = { shardsOf: async (ids: readonly string[]) => new Map(ids.map((id) => [id, shards])) };
  const restock = (lines: { productId: string; quantity: number }[]) =>
    restockReturn(
      { restocks, stock, clock: () => AT },
      { orderId: 'ord_1', returnId: 'ret_1', correlationId: 'cor_1', lines },
    );
  return { booked, restock };
}

test('what can be sold again comes to the shard its order was served from first, with the return as its reason', async () => {
  const { booked, restock } = room();
  expect(await restock([{ productId: 'mug', quantity: 2 }])).toMatchObject({ outcome: 'RESTOCKED' });
  expect(booked).toEqual([
    {
      returnId: 'ret_1',
      stock: [{ productId: 'mug', shard: 0, units: 2 }],
      at: '2030-01-01T12:00:00.000Z',
      correlationId: 'cor_1',
    },
  ]);
});

test('a product over several shards gets all of its units back', async () => {
  const { booked, restock } = room(8);
  await restock([{ productId: 'mug', quantity: 5 }]);
  expect(booked[0]?.stock.reduce((units, change) => units + change.units, 0)).toBe(5);
});

test('nothing to be sold again books nothing', async () => {
  const { booked, restock } = room();
  expect(await restock([])).toMatchObject({ outcome: 'RESTOCKED' });
  expect(booked).toEqual([]);
});
