import Joi from 'joi';
import type { EventContract } from './envelope';

/** A product whose stock fell below its threshold: told once, and again only after it was back above. */
export interface StockLow {
  productId: string;
  name: string;
  /** Units that are neither held nor sold; below zero by what is on backorder. */
  stock: number;
  threshold: number;
}

export const stockLow: EventContract<'stock.low', StockLow> = {
  type: 'stock.low',
  version: 1,
  source: '/inventory',
  data: Joi.object<StockLow, true>({
    productId: Joi.string().min(1).max(64),
    name: Joi.string().min(1).max(200),
    stock: Joi.number().integer(),
    threshold: Joi.number().integer().min(0),
  }),
};

export const stockEvents = [stockLow] as const;
