import Joi from 'joi';

/** One line of text as people write it: no control characters, NUL among them, and no half of a surrogate pair. */
export const line = (max: number): Joi.StringSchema =>
  Joi.string()
    .pattern(/^[^\p{Cc}\p{Cs}]*$/u)
    .min(1)
    .max(max);
