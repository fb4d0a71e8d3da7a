import Joi from 'joi';
import { type Money, moneySchema } from '../shared/kernel/money';
import type { EventContract } from './envelope';

export interface EventLine {
  productId: string;
  name: string;
  quantity: number;
  unitPrice: Money;
}

export const id = (): Joi.StringSchema => Joi.string().min(1).max(64);
export const word = (): Joi.StringSchema => Joi.string().pattern(/^[A-Z_]{2,40}$/);
export const moment = (): Joi.StringSchema => Joi.string().max(30);

export const linesSchema = Joi.array()
  .items(
    Joi.object<EventLine, true>({
      productId: id(),
      name: Joi.string().min(1).max(200),
      quantity: Joi.number().integer().min(1).max(999),
      unitPrice: moneySchema,
    }),
  )
  .min(1)
  .max(30);

/** What became of one step of the saga, handed on to the event that ends it. */
export interface StepRecord {
  step: string;
  outcome: string;
  at: string;
}

export const stepsSchema = Joi.array()
  .items(Joi.object<StepRecord, true>({ step: id(), outcome: word(), at: moment() }))
  .max(20);

export interface OrderBasics {
  customerId: string;
  attempt: number;
  version: number;
}

export const basics = {
  customerId: id(),
  attempt: Joi.number().integer().min(1),
  version: Joi.number().integer().min(1),
};

/** A contract of orders: its data is the basics and `more`. */
export const orderEvent = <Type extends string, Data extends OrderBasics>(
  type: Type,
  more: Joi.SchemaMap,
): EventContract<Type, Data> => ({
  type,
  version: 1,
  source: '/orders',
  data: Joi.object<Data>({ ...basics, ...more }),
});
