import { bucketOf } from '../../shared/kernel/ids';
import { MINUTE } from '../../shared/kernel/time';
import { MemoryTables } from './support/memory-tables';
import { Saga } from './support/saga';

const shop = (levels: Record<string, number[]> = { mug: [5] }) => {
  const tables = new MemoryTables(levels);
  return { tables, saga: new Saga(tables) };
};

/** Orders whose id begins so cannot be written from now on. */
function breakBad(tables: MemoryTables): Error {
  const broken = new Error('Item size has exceeded the maximum allowed size');
  const save = tables.save.bind(tables);
  tables.save = (move) => (move.to.orderId.startsWith('bad') ? Promise.reject(broken) : save(move));
  return broken;
}

describe('the sweeper', () => {
  test('releases only what ran out', async () => {
    const { tables, saga } = shop();
    await saga.reserve('old', 1, { mug: 1 });
    saga.now += 45 * MINUTE;
    expect(await saga.sweep()).toMatchObject({ released: 0 });
    saga.now += 1;
    await saga.reserve('new', 1, { mug: 1 });
    expect(await saga.sweep()).toEqual({ released: 1, left: 0, more: false, faults: [] });
    expect(tables.available('mug')).toBe(4);
  });

  test('leaves a hold that a new attempt extends meanwhile', async () => {
    const { tables, saga } = shop();
    await saga.reserve('o', 1, { mug: 1 });
    saga.now += 46 * MINUTE;
    const [swept, reserved] = await Promise.all([saga.sweep(), saga.reserve('o', 2, { mug: 1 })]);
    expect(reserved).toBe('RESERVED');
    expect(tables.rows.get('o')?.state).toBe('HELD');
    expect(tables.available('mug')).toBe(4);
    expect(swept.released + swept.left).toBe(1);
  });

  test('stops at its bound and says that there is more', async () => {
    const { saga } = shop({ mug: [100] });
    for (let n = 0; n < 60; n += 1) await saga.reserve(`o${n}`, 1, { mug: 1 });
    saga.now += 46 * MINUTE;
    expect(await saga.sweep(40)).toEqual({ released: 40, left: 0, more: true, faults: [] });
    expect(await saga.sweep(40)).toEqual({ released: 20, left: 0, more: false, faults: [] });
  });

  test('a hold that cannot be released stands in nobody’s way', async () => {
    const { tables, saga } = shop();
    for (const orderId of ['bad', 'good', 'fine']) await saga.reserve(orderId, 1, { mug: 1 });
    const broken = breakBad(tables);
    saga.now += 46 * MINUTE;
    tables.expired = async () => ['bad', 'good', 'fine'];
    const fault = new Error('The hold of order bad was not released', { cause: broken });
    expect(await saga.sweep()).toEqual({ released: 2, left: 0, more: false, faults: [fault] });
    expect(tables.rows.get('bad')?.state).toBe('HELD');
  });

  test('nor does a page full of them, which the index shows first', async () => {
    const { tables, saga } = shop({ mug: [100] });
    const onePart = Array.from({ length: 2000 }, (_, n) => `bad${n}`).filter(
      (orderId) => bucketOf(orderId, 16) === bucketOf('good', 16),
    );
    const bad = onePart.slice(0, 30);
    for (const orderId of [...bad, 'good']) await saga.reserve(orderId, 1, { mug: 1 });
    breakBad(tables);
    saga.now += 46 * MINUTE;
    const { released, faults, more } = await saga.sweep();
    expect([bad.length, released, faults.length, more]).toEqual([30, 1, 30, false]);
  });
});
