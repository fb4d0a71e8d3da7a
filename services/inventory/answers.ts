import Joi from 'joi';
import { moneySchema } from '../../shared/kernel/money';

const image = Joi.object({
  url: Joi.string(),
  width: Joi.number().integer(),
  height: Joi.number().integer(),
  type: Joi.string(),
  bytes: Joi.number().integer().optional(),
  dominantColor: Joi.string().optional(),
});

const product = Joi.object({
  id: Joi.string(),
  name: Joi.string(),
  description: Joi.string().allow(''),
  category: Joi.string(),
  price: moneySchema,
  available: Joi.number().integer().min(0),
  backorder: Joi.object({
    expectedAt: Joi.string(),
    limit: Joi.number().integer().min(1),
    left: Joi.number().integer().min(0),
  }).optional(),
  images: Joi.array().items(image),
  version: Joi.number().integer().min(1),
});

const movement = Joi.object({
  id: Joi.string(),
  kind: Joi.string().valid('opening', 'restock', 'adjust', 'return'),
  units: Joi.number().integer(),
  reason: Joi.string(),
  actor: Joi.string(),
  at: Joi.string(),
  correlationId: Joi.string(),
});

/** What this service's routes answer with, by the names that `answer.schema` and `answer.page` of a route use. */
export const answers = {
  Product: product,
  Available: Joi.object({ available: Joi.number().integer().min(0) }),
  Movement: movement,
};
