import type { ShardLevel, StockChange } from './stock';

/** Units that change their shard; the sum stays. */
export interface Shift {
  productId: string;
  from: number;
  to: number;
  units: number;
}

/** What becomes of each shard, once a shard. */
export function netOf(shifts: readonly Shift[]): StockChange[] {
  const changes = new Map<string, StockChange>();
  const add = (productId: string, shard: number, units: number) => {
    const key = `${productId}#${shard}`;
    changes.set(key, { productId, shard, units: (changes.get(key)?.units ?? 0) + units });
  };
  for (const { productId, from, to, units } of shifts) {
    add(productId, from, -units);
    add(productId, to, units);
  }
  return [...changes.values()];
}

export const totalOf = (levels: readonly ShardLevel[]): number =>
  levels.reduce((total, { available }) => total + available, 0);

/** Units that come in, spread evenly over the shards. */
export const addition = (productId: string, shards: number, units: number): StockChange[] =>
  evenly(units, shards)
    .map((share, shard) => ({ productId, shard, units: share }))
    .filter((change) => change.units > 0 || change.shard === 0);

/** Units that go out, from the fullest shards first. Undefined: all of them have less. */
export function withdrawal(
  productId: string,
  levels: readonly ShardLevel[],
  units: number,
): StockChange[] | undefined {
  const changes: StockChange[] = [];
  let missing = units;
  for (const { shard, available } of levels.toSorted((a, b) => b.available - a.available)) {
    const taken = Math.min(missing, Math.max(available, 0));
    if (taken > 0) changes.push({ productId, shard, units: -taken });
    missing -= taken;
  }
  return missing === 0 ? changes : undefined;
}

const evenly = (units: number, parts: number): number[] =>
  Array.from({ length: parts }, (_, part) => Math.floor(units / parts) + (part < units % parts ? 1 : 0));

/** Fewer units for each shard than this are soon sold, whichever shard they lie in. */
const WORTH_MOVING = 5;

/** A shard that orders aim at has nothing, while an even share would give it some: most orders would look twice. */
export function isLopsided(levels: readonly ShardLevel[], shards: number): boolean {
  const stocked = levels.filter(({ shard, available }) => shard < shards && available > 0);
  return stocked.length < shards && totalOf(levels) >= shards * WORTH_MOVING;
}

/** What makes the first `shards` shards alike and empties those beyond them. */
export function evening(productId: string, levels: readonly ShardLevel[], shards: number): Shift[] {
  const units = new Map(levels.map(({ shard, available }) => [shard, Math.max(available, 0)]));
  const wanted = evenly(
    [...units.values()].reduce((total, one) => total + one, 0),
    shards,
  );
  const numbers = new Set([...units.keys(), ...wanted.keys()]);
  const off = [...numbers].map((shard) => ({ shard, over: (units.get(shard) ?? 0) - (wanted[shard] ?? 0) }));
  const full = off.filter(({ over }) => over > 0);
  const shifts: Shift[] = [];
  for (const { shard: to, over } of off) {
    for (let missing = -over; missing > 0; ) {
      const giver = full.find((one) => one.over > 0);
      if (!giver) break;
      const moved = Math.min(missing, giver.over);
      shifts.push({ productId, from: giver.shard, to, units: moved });
      giver.over -= moved;
      missing -= moved;
    }
  }
  return shifts;
}
