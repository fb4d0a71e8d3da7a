import { bucketOf } from '../../../shared/kernel/ids';

/** So many units of one product. */
export interface Line {
  productId: string;
  quantity: number;
}

/** A line and which shards gave how much of it: what a release gives back, and where to. */
export interface ReservedLine extends Line {
  from: Record<string, number>;
}

/** How many units of a line cannot be had. */
export interface Shortage {
  productId: string;
  missing: number;
}

export interface ShardLevel {
  productId: string;
  shard: number;
  available: number;
}

/** Units that leave (negative) or come back to one shard. */
export interface StockChange {
  productId: string;
  shard: number;
  units: number;
}

const homeShard = (orderId: string, shards: number): number => bucketOf(orderId, Math.max(shards, 1));

/** Every line whole from the shard the order's id points at: right for nearly all orders, and needs no look at the stock. */
export const firstGuess = (
  orderId: string,
  lines: readonly Line[],
  shardsOf: ReadonlyMap<string, number>,
): ReservedLine[] =>
  lines.map(({ productId, quantity }) => ({
    productId,
    quantity,
    from: { [homeShard(orderId, shardsOf.get(productId) ?? 1)]: quantity },
  }));

function takeFrom(shards: ShardLevel[], quantity: number): Record<string, number> | undefined {
  const from: Record<string, number> = {};
  let missing = quantity;
  for (const { shard, available } of shards) {
    const units = Math.min(missing, available);
    if (units > 0) from[shard] = units;
    missing -= Math.max(units, 0);
  }
  return missing === 0 ? from : undefined;
}

/** Each line from as many shards as it needs, the order's own first, then the fullest. Undefined: the sum is too little. */
export function split(
  orderId: string,
  lines: readonly Line[],
  levels: readonly ShardLevel[],
): ReservedLine[] | undefined {
  const reserved: ReservedLine[] = [];
  for (const { productId, quantity } of lines) {
    const shards = levels.filter((level) => level.productId === productId);
    const home = homeShard(orderId, shards.length);
    const order = shards.toSorted(
      (a, b) => Number(b.shard === home) - Number(a.shard === home) || b.available - a.available,
    );
    const from = takeFrom(order, quantity);
    if (!from) return undefined;
    reserved.push({ productId, quantity, from });
  }
  return reserved;
}

/** The lines that all shards together cannot fill, and by how much. */
export const shortages = (lines: readonly Line[], levels: readonly ShardLevel[]): Shortage[] =>
  lines.flatMap(({ productId, quantity }) => {
    const there = levels
      .filter((level) => level.productId === productId)
      .reduce((total, { available }) => total + Math.max(available, 0), 0);
    return there < quantity ? [{ productId, missing: quantity - there }] : [];
  });

/** True when at least one unit of the order can still be had. */
export const leavesSome = (lines: readonly Line[], short: readonly Shortage[]): boolean => {
  const missing = new Map(short.map((one) => [one.productId, one.missing]));
  return lines.some(({ productId, quantity }) => quantity > (missing.get(productId) ?? 0));
};

const changes = (lines: readonly ReservedLine[], sign: 1 | -1): StockChange[] =>
  lines.flatMap(({ productId, from }) =>
    Object.entries(from).map(([shard, units]) => ({ productId, shard: Number(shard), units: sign * units })),
  );

export const taking = (lines: readonly ReservedLine[]): StockChange[] => changes(lines, -1);
export const givingBack = (lines: readonly ReservedLine[]): StockChange[] => changes(lines, 1);

/** So many units of each line stay, and the others go back to the shards that gave them; of what is not named, all. */
export function keeping(
  lines: readonly ReservedLine[],
  keep: readonly Line[],
): { kept: ReservedLine[]; back: ReservedLine[] } {
  const wanted = new Map(keep.map(({ productId, quantity }) => [productId, quantity]));
  const kept = lines.map((line) => reduced(line, wanted.get(line.productId) ?? 0));
  const back = lines.map((line, index) => without(line, kept[index]?.from ?? {}));
  const some = ({ quantity }: Line) => quantity > 0;
  return { kept: kept.filter(some), back: back.filter(some) };
}

const withFrom = ({ productId }: Line, from: Record<string, number>): ReservedLine => {
  const gave = Object.entries(from).filter(([, units]) => units > 0);
  const quantity = gave.reduce((sum, [, units]) => sum + units, 0);
  return { productId, quantity, from: Object.fromEntries(gave) };
};

function reduced(line: ReservedLine, units: number): ReservedLine {
  let left = units;
  const from = Object.entries(line.from).map(([shard, gave]) => {
    const stays = Math.min(left, gave);
    left -= stays;
    return [shard, stays] as const;
  });
  return withFrom(line, Object.fromEntries(from));
}

const without = (line: ReservedLine, kept: Record<string, number>): ReservedLine =>
  withFrom(
    line,
    Object.fromEntries(Object.entries(line.from).map(([shard, gave]) => [shard, gave - (kept[shard] ?? 0)])),
  );

/** The same products and quantities, in any order and from whichever shards. */
export function sameLines(a: readonly Line[], b: readonly Line[]): boolean {
  const wanted = new Map(a.map(({ productId, quantity }) => [productId, quantity]));
  return a.length === b.length && b.every(({ productId, quantity }) => wanted.get(productId) === quantity);
}
