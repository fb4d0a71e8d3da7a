import Joi from 'joi';

const text = (): Joi.StringSchema => Joi.string();

const byKind = (): Joi.ObjectSchema => Joi.object().pattern(Joi.string(), Joi.boolean()).optional();

const account = Joi.object({
  id: text(),
  addresses: Joi.array().items(
    Joi.object({
      name: text(),
      line1: text(),
      line2: text().optional(),
      city: text(),
      postalCode: text(),
      country: text(),
    }),
  ),
  preferences: Joi.object({ email: byKind(), sms: byKind(), push: byKind() }),
  devices: Joi.array().items(
    Joi.object({ id: text(), platform: text().valid('apns', 'fcm'), token: text() }),
  ),
  version: Joi.number().integer().min(0),
  updatedAt: text().optional(),
});

/** What this service's routes answer with, by the names that `answer.schema` of a route uses. */
export const answers = { Account: account };
