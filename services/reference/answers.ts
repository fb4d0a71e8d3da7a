import Joi from 'joi';

/** What this service's routes answer with, by the names that `answer.schema` of a route uses. */
export const answers = { OpenApi: Joi.object({ openapi: Joi.string() }) };
