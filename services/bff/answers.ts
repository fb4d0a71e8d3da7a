import Joi from 'joi';
import { moneySchema } from '../../shared/kernel/money';

/** The services' own shapes, whose words stand in theirs. */
const whole = () => Joi.object();

const parts = { degraded: Joi.array().items(Joi.string()) };

const event = Joi.object({ at: Joi.string(), type: Joi.string() });

const row = { id: Joi.string(), status: Joi.string(), total: moneySchema };

const smallProduct = Joi.object({
  id: Joi.string(),
  name: Joi.string(),
  price: moneySchema,
  inStock: Joi.boolean(),
  image: Joi.string().optional(),
});

const smallOrder = Joi.object({
  ...row,
  paymentStatus: Joi.string(),
  fulfilmentStatus: Joi.string(),
  items: Joi.array().items(Joi.object({ name: Joi.string(), quantity: Joi.number().integer() })),
  nextAction: whole().optional(),
  proposal: whole().optional(),
  version: Joi.number().integer(),
  updatedAt: Joi.string(),
});

/** What this service's routes answer with, by the names that `answer.schema` of a route uses. */
export const answers = {
  WebHome: Joi.object({
    products: Joi.array().items(whole()).optional(),
    orders: Joi.array().items(whole()).optional(),
    ...parts,
  }),
  WebOrder: Joi.object({
    order: whole().optional(),
    history: Joi.array().items(event).optional(),
    products: Joi.array().items(whole()).optional(),
    ...parts,
  }),
  MobileHome: Joi.object({
    products: Joi.array().items(smallProduct).optional(),
    orders: Joi.array().items(Joi.object(row)).optional(),
    ...parts,
  }),
  MobileOrder: Joi.object({ order: smallOrder.optional(), ...parts }),
};
