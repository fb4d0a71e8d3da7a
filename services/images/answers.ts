import Joi from 'joi';

const file = Joi.object({
  url: Joi.string(),
  width: Joi.number().integer(),
  height: Joi.number().integer(),
  type: Joi.string(),
  bytes: Joi.number().integer(),
});

const image = Joi.object({
  id: Joi.string(),
  status: Joi.string().valid('PENDING', 'PROCESSED', 'REJECTED'),
  reason: Joi.string().optional(),
  contentType: Joi.string(),
  bytes: Joi.number().integer(),
  width: Joi.number().integer().optional(),
  height: Joi.number().integer().optional(),
  dominantColor: Joi.string().optional(),
  images: Joi.array().items(file),
  createdAt: Joi.string(),
  updatedAt: Joi.string(),
});

const uploadOffer = Joi.object({
  imageId: Joi.string(),
  upload: Joi.object({ url: Joi.string(), fields: Joi.object() }),
  expiresAt: Joi.string(),
});

/** What this service's routes answer with, by the names that `answer.schema` and `answer.page` of a route use. */
export const answers = { UploadOffer: uploadOffer, Image: image };
