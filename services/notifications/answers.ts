import Joi from 'joi';

const text = (): Joi.StringSchema => Joi.string();
const whole = (): Joi.NumberSchema => Joi.number().integer();

const endpoint = {
  id: text(),
  url: text(),
  events: Joi.array().items(text()),
  description: text().optional(),
  ownerEmail: text(),
  status: text().valid('enabled', 'disabled'),
  disabledBecause: text().optional(),
  failures: whole(),
  version: whole(),
  createdAt: text(),
  updatedAt: text(),
};

const delivery = Joi.object({
  id: text(),
  eventId: text(),
  eventType: text(),
  orderId: text(),
  status: text().valid('pending', 'delivered', 'failed'),
  run: whole(),
  attempts: Joi.array().items(Joi.object({ at: text(), result: text(), milliseconds: whole() })),
  nextAttemptAt: text().optional(),
  createdAt: text(),
});

/** What this service's routes answer with, by the names that `answer.schema` and `answer.page` of a route use. */
export const answers = {
  WebhookEndpoint: Joi.object(endpoint),
  NewWebhookEndpoint: Joi.object({ ...endpoint, secret: text() }),
  DeletedWebhookEndpoint: Joi.object({ id: text(), deleted: Joi.boolean() }),
  WebhookDelivery: delivery,
};
