import Joi from 'joi';
import { type Money, moneySchema } from '../shared/kernel/money';
import type { EventContract } from './envelope';

const SOURCE = '/inventory';

/** The whole product as it is from this version on: a consumer that missed one needs only the next. */
export interface ProductFacts {
  productId: string;
  name: string;
  price: Money;
  version: number;
}

const data = Joi.object<ProductFacts, true>({
  productId: Joi.string().min(1).max(64),
  name: Joi.string().min(1).max(200),
  price: moneySchema,
  version: Joi.number().integer().min(1),
});

const contract = <Type extends string>(type: Type): EventContract<Type, ProductFacts> => ({
  type,
  version: 1,
  source: SOURCE,
  data,
});

export const productCreated = contract('product.created');
export const productChanged = contract('product.changed');
/** Not to be ordered any more. */
export const productRetired = contract('product.retired');

export const productEvents = [productCreated, productChanged, productRetired] as const;
