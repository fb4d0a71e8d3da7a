import Joi from 'joi';

/** One line of text as people write it: no control characters, NUL among them. */
export const line = (max: number): Joi.StringSchema =>
  Joi.string()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
    .pattern(/^[^\u0000-\u001f\u007f]*$/)
    .min(1)
    .max(max);
