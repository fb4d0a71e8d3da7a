import Joi from 'joi';
import { bucketOf } from '../../../shared/kernel/ids';
import { moneySchema } from '../../../shared/kernel/money';
import { PermanentFault } from '../../../shared/kernel/permanent-fault';
import type { Product } from '../domain/product';
import type { Cause } from '../ports/products';

/** A product, who caused this version of it, and its shelf while it is for sale. */
export interface ProductRow extends Product, Cause {
  shelf?: string;
}

/** Index partitions a page is merged from: four queries side by side. */
export const SHELVES = 4;

export const shelfName = (shelf: number): string => `shelf#${shelf}`;

export const toRow = (product: Product, { correlationId, actor }: Cause): ProductRow => ({
  ...product,
  correlationId,
  actor,
  ...(product.status === 'active' ? { shelf: shelfName(bucketOf(product.id, SHELVES)) } : {}),
});

/** A product from before there were searches and folded shards has neither `tokens` nor `shardRows`. */
export function toProduct({
  shelf: _shelf,
  correlationId: _id,
  actor: _actor,
  ...product
}: ProductRow): Product {
  return { ...product, tokens: product.tokens ?? [], shardRows: product.shardRows ?? product.shards };
}

/** What the event of a version needs; a row that lacks it was not written by this service. */
const published = Joi.object({
  id: Joi.string().min(1).max(64),
  name: Joi.string().min(1).max(200),
  price: moneySchema,
  status: Joi.string().valid('active', 'retired'),
  version: Joi.number().integer().min(1),
  updatedAt: Joi.string().pattern(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/),
  correlationId: Joi.string().min(1).max(128),
  actor: Joi.string().valid('staff', 'system'),
});

/** The image of a stream record. @throws PermanentFault when it is not a product of ours */
export function readProductImage(image: Record<string, unknown>): { product: Product; cause: Cause } {
  const { error } = published.validate(image, {
    presence: 'required',
    convert: false,
    abortEarly: false,
    allowUnknown: true,
  });
  if (error) {
    const faults = error.details.map(({ type, path }) => `${path.join('.')} ${type}`).join(', ');
    throw new PermanentFault(`Not a product: ${faults}`);
  }
  const row = image as unknown as ProductRow;
  return { product: toProduct(row), cause: { correlationId: row.correlationId, actor: row.actor } };
}
