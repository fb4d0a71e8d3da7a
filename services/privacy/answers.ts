import Joi from 'joi';

const personRequest = Joi.object({
  requestId: Joi.string(),
  kind: Joi.string().valid('EXPORT', 'ERASE'),
  status: Joi.string().valid('RUNNING', 'DONE', 'REFUSED'),
  step: Joi.string(),
  customerId: Joi.string().optional(),
  orderId: Joi.string().optional(),
  orders: Joi.number().integer().min(0),
  openOrders: Joi.array().items(Joi.string()).optional(),
  requestedAt: Joi.string(),
  finishedAt: Joi.string().optional(),
  files: Joi.array()
    .items(Joi.object({ name: Joi.string(), url: Joi.string() }))
    .optional(),
});

/** What this service's routes answer with, by the names that `answer.schema` of a route uses. */
export const answers = { PersonRequest: personRequest };
