import fc from 'fast-check';
import { addition, evening, isLopsided, totalOf, withdrawal } from '../../services/inventory/domain/shards';

const level = (available: number, shard: number) => ({ productId: 'mug', shard, available });
const levels = fc.array(fc.nat(50), { minLength: 1, maxLength: 8 }).map((units) => units.map(level));
const shards = fc.integer({ min: 1, max: 8 });

test('units that come in are spread evenly, none lost', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), shards, (units, count) => {
      const changes = addition('mug', count, units);
      expect(changes.reduce((sum, change) => sum + change.units, 0)).toBe(units);
      expect(new Set(changes.map(({ shard }) => shard)).size).toBe(changes.length);
    }),
  );
});

test('units that go out come from shards that have them, or not at all', () => {
  fc.assert(
    fc.property(levels, fc.integer({ min: 1, max: 200 }), (have, units) => {
      const changes = withdrawal('mug', have, units);
      if (totalOf(have) < units) return expect(changes).toBeUndefined();
      expect(changes?.reduce((sum, change) => sum + change.units, 0)).toBe(-units);
      for (const { shard, units: taken } of changes ?? [])
        expect(-taken).toBeLessThanOrEqual(have[shard]?.available ?? 0);
    }),
  );
});

test('evening makes the shards in use alike, empties the others and changes no sum', () => {
  fc.assert(
    fc.property(levels, shards, (have, count) => {
      const after = new Map(have.map(({ shard, available }) => [shard, available]));
      for (const { from, to, units } of evening('mug', have, count)) {
        expect(units).toBeGreaterThan(0);
        after.set(from, (after.get(from) ?? 0) - units);
        after.set(to, (after.get(to) ?? 0) + units);
        expect(after.get(from)).toBeGreaterThanOrEqual(0);
      }
      const used = Array.from({ length: count }, (_, shard) => after.get(shard) ?? 0);
      expect(used.reduce((sum, units) => sum + units, 0)).toBe(totalOf(have));
      expect(Math.max(...used) - Math.min(...used)).toBeLessThanOrEqual(1);
    }),
  );
});

test.each([
  [true, 'all units lie in one of several', [100], 8],
  [true, 'all units lie in shards out of use', [0, 30, 30], 1],
  [false, 'each shard in use has some', [1, 90, 3], 3],
  [false, 'there are few units for each', [19, 0, 0, 0], 4],
  [false, 'there is nothing', [], 8],
])('shards are lopsided is %s where %s', (lopsided, _what, units, count) => {
  expect(isLopsided(units.map(level), count)).toBe(lopsided);
  const after = units.map(level);
  for (const { from, to, units: moved } of evening('mug', after, count)) {
    after[from] = level((after[from]?.available ?? 0) - moved, from);
    after[to] = level((after[to]?.available ?? 0) + moved, to);
  }
  expect(isLopsided(after, count)).toBe(false);
});
