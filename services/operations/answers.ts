import Joi from 'joi';

/** What this service's routes answer with, by the names that `answer.schema` and `answer.page` of a route use. */
export const answers = {
  DeadLetterQueue: Joi.object({
    queue: Joi.string(),
    messages: Joi.number().integer(),
    waiting: Joi.number().integer().optional(),
  }),
  DeadLetter: Joi.object({
    id: Joi.string(),
    digest: Joi.string(),
    sentAt: Joi.string(),
    reason: Joi.string().optional(),
    correlationId: Joi.string().optional(),
    body: Joi.string().allow(''),
  }),
  RedrivenLetter: Joi.object({
    id: Joi.string(),
    digest: Joi.string(),
    outcome: Joi.string().valid('RETRIED', 'FAILED', 'NO_CONTENT'),
  }),
  DiscardedLetters: Joi.object({ discarded: Joi.array().items(Joi.string()) }),
  AuditEntry: Joi.object({
    id: Joi.string(),
    at: Joi.string(),
    actor: Joi.string(),
    action: Joi.string(),
    target: Joi.string(),
    correlationId: Joi.string(),
    detail: Joi.object().optional(),
  }),
};
