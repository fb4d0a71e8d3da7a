import Joi from 'joi';
import type { Cleaner } from '../ports/cleaner';
import type { LambdaFunctions } from './lambda-functions';

const count = (): Joi.NumberSchema => Joi.number().integer().min(0);

const page = Joi.object<{ seen: number; removed: number; cursor?: string }>({
  seen: count(),
  removed: count(),
  cursor: Joi.string().max(2000).optional(),
});

/** `orders=orderly-local-cleanUpOrders images=…`: what is cleaned up, and by whose function. */
export const cleanersOf = (list: string, functions: LambdaFunctions): Cleaner[] =>
  list
    .split(' ')
    .filter(Boolean)
    .map((entry) => {
      const [name = '', functionName = ''] = entry.split('=');
      return { name, page: (wanted) => functions.ask(functionName, wanted, page) };
    });
