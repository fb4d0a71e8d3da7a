import Joi from 'joi';

/** What this service's routes answer with, by the names that `answer.schema` of a route uses. */
export const answers = {
  LiveTicket: Joi.object({ ticket: Joi.string(), expiresIn: Joi.number().integer() }),
};
