import Joi from 'joi';
import { moneySchema } from '../../shared/kernel/money';

const refund = Joi.object({
  id: Joi.string(),
  amount: moneySchema,
  status: Joi.string().valid('PENDING', 'SUCCEEDED', 'FAILED'),
  reason: Joi.string().optional(),
  createdAt: Joi.string(),
  settledAt: Joi.string().optional(),
});

/** What this service's routes answer with, by the names that `answer.schema` and `answer.page` of a route use. */
export const answers = { Refund: refund, Received: Joi.object({ received: Joi.boolean() }) };
