import Joi from 'joi';
import { STATUS_OF } from '../../shared/lambda/problem';

/** RFC 9457 as the API fills it; `quote` comes with PRICE_CHANGED alone. */
export const problemSchema = Joi.object({
  type: Joi.string(),
  title: Joi.string(),
  status: Joi.number().integer(),
  detail: Joi.string(),
  code: Joi.string().valid(...Object.keys(STATUS_OF)),
  correlationId: Joi.string(),
  errors: Joi.array()
    .items(Joi.object({ pointer: Joi.string().allow(''), detail: Joi.string() }))
    .optional(),
  quote: Joi.object().unknown(true).optional(),
});
