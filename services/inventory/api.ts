import Joi from 'joi';
import type { Route } from '../../shared/kernel/route';
import type { Line } from './domain/stock';

const product = {
  id: 'prd_01KA000008ENAME1MVG0000000',
  name: 'Enamel Mug',
  description: 'Cream outside, blue rim, 350 ml.',
  category: 'table',
  price: { amount: 1450, currency: 'EUR' },
  available: 40,
  images: [],
  version: 1,
};

export interface ListQuery {
  limit?: number;
  cursor?: string;
}

export const DEFAULT_LIMIT = 20;

export const listProductsRoute: Route<undefined, undefined, ListQuery> = {
  method: 'GET',
  path: '/products',
  summary: 'Products for sale, newest first',
  access: 'public',
  query: Joi.object<ListQuery, true>({
    limit: Joi.number().integer().min(1).max(100).optional(),
    cursor: Joi.string().min(1).max(300).optional(),
  }),
  answer: {
    page: 'Product',
    status: 200,
    description: 'A page of products; `nextCursor` is there while more follow.',
    example: { items: [product], nextCursor: 'eyJwb3NpdGlvbiI6InByZF8wMUtBMDAwMDA4In0' },
  },
  errors: ['VALIDATION_FAILED', 'CURSOR_INVALID', 'UNAVAILABLE', 'INTERNAL'],
};

export interface ProductPath {
  id: string;
}

export const getProductRoute: Route<undefined, ProductPath, Record<string, never>> = {
  method: 'GET',
  path: '/products/{id}',
  summary: 'One product, with the units that can be ordered now',
  access: 'public',
  pathParameters: Joi.object<ProductPath, true>({ id: Joi.string().min(1).max(64) }),
  query: Joi.object<Record<string, never>>({}),
  answer: {
    schema: 'Product',
    status: 200,
    description:
      'The product. `ETag` changes with the product and with its stock; a matching `If-None-Match` is answered 304.',
    example: product,
  },
  errors: ['VALIDATION_FAILED', 'NOT_FOUND', 'UNAVAILABLE', 'INTERNAL'],
};

export const routes = [listProductsRoute, getProductRoute] as const;

/** What the saga gives each step of this service. */
export interface StepOfOrder {
  orderId: string;
  attempt: number;
  correlationId: string;
}

const stepOfOrder = {
  orderId: Joi.string().min(1).max(64),
  attempt: Joi.number().integer().min(1),
  correlationId: Joi.string().min(1).max(128),
};

export interface ReserveInput extends StepOfOrder {
  lines: Line[];
  holdUntil: string;
  tellShort?: boolean;
}

export const reserveInput = Joi.object<ReserveInput, true>({
  ...stepOfOrder,
  lines: Joi.array()
    .items(
      Joi.object<Line, true>({
        productId: Joi.string().min(1).max(64),
        quantity: Joi.number().integer().min(1).max(999),
      }),
    )
    .min(1)
    .max(30),
  holdUntil: Joi.string().pattern(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  tellShort: Joi.boolean().optional(),
});

/** Of CommitInventory and ReleaseInventory: the row knows the rest. */
export const stepInput = Joi.object<StepOfOrder, true>(stepOfOrder);

export interface RestockInput extends StepOfOrder {
  returnId: string;
  lines: Line[];
}

/** What the machine of a return sends to RestockReturn: no lines where nothing can be sold again. */
export const restockInput = Joi.object<RestockInput, true>({
  ...stepOfOrder,
  returnId: Joi.string().pattern(/^ret_[0-9A-Z]{26}$/),
  lines: Joi.array()
    .items(
      Joi.object<Line, true>({
        productId: Joi.string().min(1).max(64),
        quantity: Joi.number().integer().min(1).max(999),
      }),
    )
    .max(30),
});

export interface SweepInput {
  atMost?: number;
}

export const sweepInput = Joi.object<SweepInput, true>({
  atMost: Joi.number().integer().min(1).max(10_000).optional(),
});
