import { iso, MINUTE } from '../../shared/kernel/time';
import { AnswerLost, MemoryTables } from './support/memory-tables';
import { NOON, Saga } from './support/saga';

const shop = (levels: Record<string, number[]> = { mug: [5] }) => {
  const tables = new MemoryTables(levels);
  return { tables, saga: new Saga(tables) };
};

/** Lets the n-th call from now take effect and its answer get lost. */
const loseAnswer = (tables: MemoryTables, nth: number) => {
  let left = nth;
  tables.mishap = () => {
    left -= 1;
    return left === 0 ? 'answer lost' : 'none';
  };
};

describe('reserve', () => {
  test('takes all lines and keeps which shard gave what', async () => {
    const { tables, saga } = shop({ mug: [5], jam: [2] });
    expect(await saga.reserve('o', 1, { mug: 2, jam: 1 })).toBe('RESERVED');
    expect([tables.available('mug'), tables.available('jam')]).toEqual([3, 1]);
    expect(tables.rows.get('o')).toEqual({
      orderId: 'o',
      state: 'HELD',
      attempt: 1,
      expiresAt: iso(NOON + 45 * MINUTE),
      lines: [
        { productId: 'mug', quantity: 2, from: { 0: 2 } },
        { productId: 'jam', quantity: 1, from: { 0: 1 } },
      ],
      step: { step: 'ReserveInventory', outcome: 'RESERVED', at: iso(NOON) },
      version: 1,
    });
  });

  test('takes one look-up and one write when nothing is in the way', async () => {
    const { tables, saga } = shop();
    await saga.reserve('o', 1, { mug: 1 });
    expect(tables.calls).toEqual(['shardsOf', 'save']);
  });

  test('takes nothing when one line is short', async () => {
    const { tables, saga } = shop({ mug: [5], jam: [0] });
    expect(await saga.reserve('o', 1, { mug: 2, jam: 1 })).toBe('OUT_OF_STOCK');
    expect(tables.available('mug')).toBe(5);
    expect(tables.rows.size).toBe(0);
  });

  test('takes a line from several shards when its own has too little', async () => {
    const { tables, saga } = shop({ mug: [2, 2, 2] });
    expect(await saga.reserve('o', 1, { mug: 5 })).toBe('RESERVED');
    expect(tables.available('mug')).toBe(1);
    expect(await saga.release('o', 1)).toBe('RELEASED');
    expect([...tables.stock.values()]).toEqual([2, 2, 2]);
  });

  test('a second time gives the same answer and takes nothing', async () => {
    const { tables, saga } = shop();
    await saga.reserve('o', 1, { mug: 2 });
    expect(await saga.reserve('o', 1, { mug: 2 })).toBe('RESERVED');
    expect(tables.available('mug')).toBe(3);
  });

  test.each([1, 2])('whose answer to call %i got lost answers the same when tried again', async (nth) => {
    const { tables, saga } = shop({ mug: [2] });
    loseAnswer(tables, nth);
    await expect(saga.reserve('o', 1, { mug: 2 })).rejects.toThrow(AnswerLost);
    expect(await saga.reserve('o', 1, { mug: 2 })).toBe('RESERVED');
    expect(tables.available('mug')).toBe(0);
  });

  test('of a higher attempt extends the hold', async () => {
    const { tables, saga } = shop();
    await saga.reserve('o', 1, { mug: 2 });
    saga.now += 10 * MINUTE;
    expect(await saga.reserve('o', 2, { mug: 2 })).toBe('RESERVED');
    expect(tables.rows.get('o')).toMatchObject({ attempt: 2, expiresAt: iso(NOON + 55 * MINUTE) });
    expect(tables.available('mug')).toBe(3);
  });

  test('of a lower attempt is superseded', async () => {
    const { saga } = shop();
    await saga.reserve('o', 2, { mug: 2 });
    expect(await saga.reserve('o', 1, { mug: 2 })).toBe('SUPERSEDED');
  });

  test('after its own attempt released is superseded; a higher attempt holds again', async () => {
    const { tables, saga } = shop();
    await saga.reserve('o', 1, { mug: 2 });
    await saga.release('o', 1);
    expect(await saga.reserve('o', 1, { mug: 2 })).toBe('SUPERSEDED');
    expect(tables.available('mug')).toBe(5);
    expect(await saga.reserve('o', 2, { mug: 2 })).toBe('RESERVED');
    expect(tables.available('mug')).toBe(3);
  });

  test('with other lines than are held is a fault', async () => {
    const { saga } = shop();
    await saga.reserve('o', 1, { mug: 2 });
    await expect(saga.reserve('o', 2, { mug: 3 })).rejects.toThrow('lines differ');
  });
});

describe('reserve for an order whose customer wants to be asked', () => {
  const MISSING_JAM = { outcome: 'PARTLY_OUT_OF_STOCK', short: [{ productId: 'jam', missing: 2 }] };

  test('takes all there is to take when nothing is short', async () => {
    const { tables, saga } = shop();
    expect(await saga.ask('o', 1, { mug: 2 })).toEqual({ outcome: 'RESERVED', short: undefined });
    expect(tables.available('mug')).toBe(3);
  });

  test('tells what is short, by line and by how much, and holds nothing', async () => {
    const { tables, saga } = shop({ mug: [5], jam: [1] });
    expect(await saga.ask('o', 1, { mug: 2, jam: 3 })).toEqual(MISSING_JAM);
    expect([tables.available('mug'), tables.available('jam')]).toEqual([5, 1]);
    expect(tables.rows.get('o')).toMatchObject({ state: 'RELEASED', lines: [], short: MISSING_JAM.short });
  });

  test.each([1, 2, 3, 4])('whose answer to call %i got lost is told the same again', async (nth) => {
    const { tables, saga } = shop({ mug: [5], jam: [1] });
    loseAnswer(tables, nth);
    await expect(saga.ask('o', 1, { mug: 2, jam: 3 })).rejects.toThrow(AnswerLost);
    expect(await saga.ask('o', 1, { mug: 2, jam: 3 })).toEqual(MISSING_JAM);
    expect(tables.rows.get('o')?.version).toBe(1);
  });

  test('a late run of the same step takes nothing, though there is enough by then', async () => {
    const { tables, saga } = shop({ mug: [5], jam: [1] });
    await saga.ask('o', 1, { mug: 2, jam: 3 });
    tables.stock.set('jam#0', 9);
    expect(await saga.ask('o', 1, { mug: 2, jam: 3 })).toEqual(MISSING_JAM);
    expect(tables.available('jam')).toBe(9);
  });

  test('a higher attempt takes the lines that were agreed on, and is told again if these are short too', async () => {
    const { tables, saga } = shop({ mug: [5], jam: [1] });
    await saga.ask('o', 1, { mug: 2, jam: 3 });
    await saga.reserve('other', 1, { mug: 4 });
    expect(await saga.ask('o', 2, { mug: 2, jam: 1 })).toEqual({
      outcome: 'PARTLY_OUT_OF_STOCK',
      short: [{ productId: 'mug', missing: 1 }],
    });
    expect(await saga.ask('o', 3, { mug: 1, jam: 1 })).toMatchObject({ outcome: 'RESERVED' });
    expect(tables.rows.get('o')).toMatchObject({ state: 'HELD', attempt: 3 });
    expect(tables.rows.get('o')?.short).toBeUndefined();
    expect([tables.available('mug'), tables.available('jam')]).toEqual([0, 0]);
  });

  test('is OUT_OF_STOCK when nothing at all is left', async () => {
    const { tables, saga } = shop({ mug: [0], jam: [0] });
    expect(await saga.ask('o', 1, { mug: 2, jam: 1 })).toMatchObject({ outcome: 'OUT_OF_STOCK' });
    expect(tables.rows.size).toBe(0);
  });

  test('is OUT_OF_STOCK when it held its lines before: by then it may have been charged for them', async () => {
    const { saga } = shop({ mug: [5], jam: [1] });
    await saga.ask('o', 1, { mug: 2, jam: 1 });
    saga.now += 46 * MINUTE;
    await saga.sweep();
    await saga.reserve('other', 1, { jam: 1 });
    expect(await saga.ask('o', 2, { mug: 2, jam: 1 })).toMatchObject({ outcome: 'OUT_OF_STOCK' });
  });

  test('is closed by a release: a late reserve of that attempt is superseded', async () => {
    const { tables, saga } = shop({ mug: [5], jam: [1] });
    await saga.ask('o', 1, { mug: 2, jam: 3 });
    expect([await saga.release('o', 2), await saga.release('o', 2)]).toEqual(['RELEASED', 'RELEASED']);
    expect(tables.rows.get('o')).toMatchObject({ state: 'RELEASED', attempt: 2, version: 2 });
    expect(tables.rows.get('o')?.short).toBeUndefined();
    expect(await saga.ask('o', 2, { mug: 2 })).toMatchObject({ outcome: 'SUPERSEDED' });
  });
});

describe('commit', () => {
  test('sells what is held in one call, for good', async () => {
    const { tables, saga } = shop();
    await saga.reserve('o', 1, { mug: 2 });
    tables.calls = [];
    expect(await saga.commit('o', 1)).toBe('COMMITTED');
    expect(tables.calls).toEqual(['commitHeld']);
    saga.now += 60 * MINUTE;
    expect(await saga.sweep()).toMatchObject({ released: 0, left: 0, more: false });
    expect(tables.available('mug')).toBe(3);
  });

  test('a second time, or after its answer got lost, gives the same answer', async () => {
    const { tables, saga } = shop();
    await saga.reserve('o', 1, { mug: 2 });
    loseAnswer(tables, 1);
    await expect(saga.commit('o', 1)).rejects.toThrow(AnswerLost);
    expect(await saga.commit('o', 1)).toBe('COMMITTED');
    expect(await saga.commit('o', 1)).toBe('COMMITTED');
  });

  test('of a hold that ran out takes the stock again', async () => {
    const { tables, saga } = shop();
    await saga.reserve('o', 1, { mug: 2 });
    saga.now += 46 * MINUTE;
    await saga.sweep();
    expect(tables.available('mug')).toBe(5);
    expect(await saga.commit('o', 1)).toBe('COMMITTED');
    expect(tables.available('mug')).toBe(3);
    expect(tables.rows.get('o')?.expired).toBeUndefined();
  });

  test('of a hold that ran out is OUT_OF_STOCK when others bought it', async () => {
    const { saga } = shop({ mug: [2] });
    await saga.reserve('o', 1, { mug: 2 });
    saga.now += 46 * MINUTE;
    await saga.sweep();
    await saga.reserve('other', 1, { mug: 1 });
    expect(await saga.commit('o', 1)).toBe('OUT_OF_STOCK');
  });

  test('that comes late, after its attempt gave up, is superseded', async () => {
    const { tables, saga } = shop();
    await saga.reserve('o', 1, { mug: 2 });
    await saga.release('o', 1);
    expect(await saga.commit('o', 1)).toBe('SUPERSEDED');
    expect(tables.available('mug')).toBe(5);
  });

  test.each([
    ['nothing was ever reserved', async () => undefined],
    ['only a tombstone is there', async (saga: Saga) => saga.release('o', 1)],
  ])('is OUT_OF_STOCK when %s', async (_name, before) => {
    const { saga } = shop();
    await before(saga);
    expect(await saga.commit('o', 2)).toBe('OUT_OF_STOCK');
  });
});

describe('release', () => {
  test('gives back a hold, once', async () => {
    const { tables, saga } = shop();
    await saga.reserve('o', 1, { mug: 2 });
    expect([await saga.release('o', 1), await saga.release('o', 1)]).toEqual(['RELEASED', 'RELEASED']);
    expect(tables.available('mug')).toBe(5);
  });

  test('gives back what was sold, once, and a higher attempt cannot have it again', async () => {
    const { tables, saga } = shop();
    await saga.reserve('o', 1, { mug: 2 });
    await saga.commit('o', 1);
    expect([await saga.release('o', 2), await saga.release('o', 2)]).toEqual(['RELEASED', 'RELEASED']);
    expect(tables.rows.get('o')).toMatchObject({ state: 'RESTOCKED', attempt: 2 });
    expect(tables.available('mug')).toBe(5);
    expect(await saga.reserve('o', 3, { mug: 2 })).toBe('OUT_OF_STOCK');
    expect(await saga.commit('o', 3)).toBe('SUPERSEDED');
  });

  describe('of what was not sent of an order', () => {
    const sold = async (
      levels?: Record<string, number[]>,
      lines: Record<string, number> = { mug: 3, jam: 1 },
    ) => {
      const set = shop(levels ?? { mug: [5], jam: [2] });
      await set.saga.reserve('o', 1, lines);
      await set.saga.commit('o', 1);
      return set;
    };

    test('gives that back and leaves the rest sold, once', async () => {
      const { tables, saga } = await sold();
      expect(await saga.release('o', 2, { mug: 1 })).toBe('RELEASED');
      expect(await saga.release('o', 2, { mug: 1 })).toBe('RELEASED');
      expect(await saga.release('o', 3, { mug: 1 })).toBe('RELEASED');
      expect([tables.available('mug'), tables.available('jam')]).toEqual([4, 2]);
      expect(tables.rows.get('o')).toMatchObject({
        state: 'COMMITTED',
        attempt: 3,
        lines: [{ productId: 'mug', quantity: 1, from: { 0: 1 } }],
      });
    });

    test('gives back to the shards that gave', async () => {
      const { tables, saga } = await sold({ mug: [2, 2, 2] }, { mug: 5 });
      await saga.release('o', 2, { mug: 3 });
      expect(tables.available('mug')).toBe(3);
      expect([...tables.stock.values()].every((level) => level <= 2)).toBe(true);
      const [line] = tables.rows.get('o')?.lines ?? [];
      expect(Object.values(line?.from ?? {}).reduce((sum, units) => sum + units, 0)).toBe(3);
    });

    test.each([1, 2])('whose answer to call %i got lost gives back once', async (nth) => {
      const { tables, saga } = await sold();
      loseAnswer(tables, nth);
      await expect(saga.release('o', 2, { mug: 1 })).rejects.toThrow(AnswerLost);
      expect(await saga.release('o', 2, { mug: 1 })).toBe('RELEASED');
      expect([tables.available('mug'), tables.available('jam')]).toEqual([4, 2]);
    });

    test('of a lower attempt is superseded', async () => {
      const { saga } = await sold();
      await saga.release('o', 3, { mug: 1 });
      expect(await saga.release('o', 2, { mug: 1 })).toBe('SUPERSEDED');
    });

    test('gives back nothing of an order that has sold nothing', async () => {
      const { tables, saga } = shop();
      await saga.reserve('o', 1, { mug: 2 });
      await saga.release('o', 1);
      expect(await saga.release('o', 2, { mug: 1 })).toBe('RELEASED');
      expect(tables.available('mug')).toBe(5);
    });
  });

  test.each([1, 2])('whose answer to call %i got lost gives back once', async (nth) => {
    const { tables, saga } = shop();
    await saga.reserve('o', 1, { mug: 2 });
    loseAnswer(tables, nth);
    await expect(saga.release('o', 1)).rejects.toThrow(AnswerLost);
    expect(await saga.release('o', 1)).toBe('RELEASED');
    expect(tables.available('mug')).toBe(5);
  });

  test('of nothing leaves a tombstone that a late reserve of its attempt finds', async () => {
    const { tables, saga } = shop();
    expect(await saga.release('o', 1)).toBe('RELEASED');
    expect(tables.rows.get('o')).toMatchObject({ state: 'RELEASED', attempt: 1, lines: [] });
    expect(await saga.reserve('o', 1, { mug: 2 })).toBe('SUPERSEDED');
    expect(tables.available('mug')).toBe(5);
  });

  test('of a hold that ran out closes it to a late commit', async () => {
    const { tables, saga } = shop();
    await saga.reserve('o', 1, { mug: 2 });
    saga.now += 46 * MINUTE;
    await saga.sweep();
    expect(await saga.release('o', 1)).toBe('RELEASED');
    expect(await saga.commit('o', 1)).toBe('SUPERSEDED');
    expect(tables.available('mug')).toBe(5);
  });
});
