import Joi from 'joi';

const figures = Joi.object({
  minute: Joi.string(),
  key: Joi.string(),
  /** By kind of click: any of them may be missing. */
  counts: Joi.object({}),
});

const taken = Joi.object({
  accepted: Joi.number().integer().min(0),
  rejected: Joi.number().integer().min(0),
});

/** What this service's routes answer with, by the names that `answer.schema` and `answer.page` of a route use. */
export const answers = { ClickFigures: figures, ClicksTaken: taken };
