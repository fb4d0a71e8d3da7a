import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { MINUTE } from '../../shared/kernel/time';
import { invoke, newOrderId, newProduct, steps } from '../inventory/support/deployed';
import { awsClient } from '../support/aws-client';
import { available } from '../support/order';

/** Gives the product more shards, as an operator would who spreads a hot one. */
async function addShards(productId: string, levels: number[]): Promise<void> {
  const client = DynamoDBDocumentClient.from(await awsClient(DynamoDBClient));
  for (const [index, units] of levels.entries()) {
    const Item = { shard: `${productId}#${index + 1}`, productId, available: units, version: 1 };
    await client.send(new PutCommand({ TableName: 'orderly-local-stock', Item }));
  }
  await client.send(
    new UpdateCommand({
      TableName: 'orderly-local-products',
      Key: { id: productId },
      UpdateExpression: 'SET #shards = :shards, shardRows = :shards',
      ExpressionAttributeNames: { '#shards': 'shards' },
      ExpressionAttributeValues: { ':shards': levels.length + 1 },
    }),
  );
}

test('what is reserved cannot be ordered; what is committed stays sold', async () => {
  const [spoon, order] = [await newProduct(5), newOrderId()];
  expect(await steps.reserve(order, 1, { [spoon]: 2 })).toBe('RESERVED');
  expect(await available(spoon)).toBe(3);
  expect(await steps.commit(order, 1)).toBe('COMMITTED');
  expect(await available(spoon)).toBe(3);
});

test('each step, done twice, gives the same answer and has one effect', async () => {
  const [spoon, order] = [await newProduct(5), newOrderId()];
  const twice = async (step: () => Promise<unknown>) => [await step(), await step()];
  expect(await twice(() => steps.reserve(order, 1, { [spoon]: 2 }))).toEqual(['RESERVED', 'RESERVED']);
  expect(await twice(() => steps.commit(order, 1))).toEqual(['COMMITTED', 'COMMITTED']);
  expect(await available(spoon)).toBe(3);
  expect(await twice(() => steps.release(order, 2))).toEqual(['RELEASED', 'RELEASED']);
  expect(await available(spoon)).toBe(5);
});

test('one step started ten times at once has one effect', async () => {
  const [spoon, order] = [await newProduct(50), newOrderId()];
  const tenTimes = (step: () => Promise<unknown>) => Promise.all(Array.from({ length: 10 }, step));
  expect(new Set(await tenTimes(() => steps.reserve(order, 1, { [spoon]: 2 })))).toEqual(
    new Set(['RESERVED']),
  );
  expect(await available(spoon)).toBe(48);
  expect(new Set(await tenTimes(() => steps.release(order, 1)))).toEqual(new Set(['RELEASED']));
  expect(await available(spoon)).toBe(50);
});

test('a step of a lower attempt, or one that comes after its attempt gave up, is superseded', async () => {
  const [spoon, order] = [await newProduct(5), newOrderId()];
  expect(await steps.reserve(order, 2, { [spoon]: 2 })).toBe('RESERVED');
  expect(await steps.reserve(order, 1, { [spoon]: 2 })).toBe('SUPERSEDED');
  expect(await steps.commit(order, 1)).toBe('SUPERSEDED');
  expect(await steps.release(order, 1)).toBe('SUPERSEDED');
  expect(await steps.release(order, 2)).toBe('RELEASED');
  expect(await steps.reserve(order, 2, { [spoon]: 2 })).toBe('SUPERSEDED');
  expect(await available(spoon)).toBe(5);
  expect(await steps.reserve(order, 3, { [spoon]: 2 })).toBe('RESERVED');
});

test('a release before its reserve leaves a tombstone that the late reserve finds', async () => {
  const [spoon, order] = [await newProduct(5), newOrderId()];
  expect(await steps.release(order, 1)).toBe('RELEASED');
  expect(await steps.reserve(order, 1, { [spoon]: 2 })).toBe('SUPERSEDED');
  expect(await available(spoon)).toBe(5);
});

test('an order with one line that is short takes nothing of the others', async () => {
  const [spoon, fork] = [await newProduct(5), await newProduct(1)];
  expect(await steps.reserve(newOrderId(), 1, { [spoon]: 2, [fork]: 2 })).toBe('OUT_OF_STOCK');
  expect([await available(spoon), await available(fork)]).toEqual([5, 1]);
});

test('a line is taken from several shards, and comes back to each of them', async () => {
  const [spoon, order] = [await newProduct(2), newOrderId()];
  await addShards(spoon, [2, 2]);
  expect(await available(spoon)).toBe(6);
  expect(await steps.reserve(order, 1, { [spoon]: 7 })).toBe('OUT_OF_STOCK');
  expect(await steps.reserve(order, 1, { [spoon]: 5 })).toBe('RESERVED');
  expect(await available(spoon)).toBe(1);
  expect(await steps.release(order, 1)).toBe('RELEASED');
  expect(await available(spoon)).toBe(6);
});

test('50 orders race for the last 5: five get one, nobody a sixth', async () => {
  const spoon = await newProduct(5);
  const orders = Array.from({ length: 50 }, newOrderId);
  const outcomes = await Promise.all(orders.map((order) => steps.reserve(order, 1, { [spoon]: 1 })));
  const count = (outcome: string) => outcomes.filter((one) => one === outcome).length;
  expect([count('RESERVED'), count('OUT_OF_STOCK')]).toEqual([5, 45]);
  expect(await available(spoon)).toBe(0);
  await Promise.all(orders.map((order) => steps.release(order, 1)));
  expect(await available(spoon)).toBe(5);
});

describe('the sweeper', () => {
  test('releases a hold that ran out and leaves the others', async () => {
    const spoon = await newProduct(5);
    const [old, fresh] = [newOrderId(), newOrderId()];
    await steps.reserve(old, 1, { [spoon]: 2 }, -MINUTE);
    await steps.reserve(fresh, 1, { [spoon]: 1 });
    await invoke('sweepHolds', {});
    expect(await available(spoon)).toBe(4);
    expect(await steps.commit(fresh, 1)).toBe('COMMITTED');
  });

  test('gives way to an attempt that still wants its stock, while there is some', async () => {
    const spoon = await newProduct(2);
    const [early, late, other] = [newOrderId(), newOrderId(), newOrderId()];
    await steps.reserve(early, 1, { [spoon]: 1 }, -MINUTE);
    await steps.reserve(late, 1, { [spoon]: 1 }, -MINUTE);
    await invoke('sweepHolds', { atMost: 1000 });
    expect(await steps.commit(early, 1)).toBe('COMMITTED');
    expect(await steps.reserve(other, 1, { [spoon]: 1 })).toBe('RESERVED');
    expect(await steps.commit(late, 1)).toBe('OUT_OF_STOCK');
  });
});

test('a step whose input does not fit is a fault that names every violation', async () => {
  const input = { orderId: 'ord_x', attempt: 0, correlationId: 'e2e', lines: [], holdUntil: 'soon' };
  await expect(invoke('reserveInventory', input)).rejects.toThrow(/\/attempt.*\/lines.*\/holdUntil/);
});
