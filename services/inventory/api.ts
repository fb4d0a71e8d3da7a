import Joi from 'joi';
import { type Money, moneySchema } from '../../shared/kernel/money';
import { type Refusal, type RefusalCode, refuse } from '../../shared/kernel/refusal';
import type { Route } from '../../shared/kernel/route';
import { line } from '../../shared/kernel/text';
import type { Movement } from './domain/ledger';
import { MAX_SHARDS, type ProductEdit } from './domain/product';
import { type Search, searchFor, WORDS_OF_A_QUESTION } from './domain/search';
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
  category?: string;
  q?: string;
}

export const DEFAULT_LIMIT = 20;

const paging = {
  limit: Joi.number().integer().min(1).max(100).optional(),
  cursor: Joi.string().min(1).max(300).optional(),
};

export const listProductsRoute: Route<undefined, undefined, ListQuery> = {
  method: 'GET',
  path: '/products',
  summary: 'Products for sale, newest first: all, those of a category, those whose name has all words of q',
  access: 'public',
  query: Joi.object<ListQuery, true>({ ...paging, category: line(60).optional(), q: line(100).optional() }),
  answer: {
    page: 'Product',
    status: 200,
    description:
      'A page of products; `nextCursor` is there while more may follow. Words are compared without case and accents. Where several words, or a word and a category, are asked for, a page may be short although more follow.',
    example: { items: [product], nextCursor: 'eyJwb3NpdGlvbiI6InByZF8wMUtBMDAwMDA4In0' },
  },
  errors: ['RATE_LIMITED', 'VALIDATION_FAILED', 'CURSOR_INVALID', 'UNAVAILABLE', 'INTERNAL'],
};

/** What is asked for, if the list is not to have everything. */
export function searchOf({ category, q }: ListQuery): { search?: Search } | Refusal {
  if (category === undefined && q === undefined) return {};
  const search = searchFor({ category, q });
  if (search) return { search };
  const detail = `Ask for 1 to ${WORDS_OF_A_QUESTION} words.`;
  return refuse('VALIDATION_FAILED', detail, { errors: [{ pointer: '/query/q', detail }] });
}

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
      'The product. `ETag` changes with the product and with its stock; a matching `If-None-Match` is answered 304. It may lag a moment, unless it is asked for with `Cache-Control: no-cache`.',
    example: product,
  },
  errors: ['RATE_LIMITED', 'VALIDATION_FAILED', 'NOT_FOUND', 'UNAVAILABLE', 'INTERNAL'],
};

const ALWAYS: RefusalCode[] = ['VALIDATION_FAILED', 'FORBIDDEN', 'UNAVAILABLE', 'INTERNAL'];
const WITH_BODY: RefusalCode[] = [
  ...ALWAYS,
  'BODY_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'CARD_NUMBER_REFUSED',
  'CONFLICT',
];
const MUTATING: RefusalCode[] = [...WITH_BODY, 'IDEMPOTENCY_KEY_INVALID', 'IDEMPOTENCY_KEY_REUSED'];

const productPath = Joi.object<ProductPath, true>({ id: line(64) });

/** Units of one movement, of a backorder, of a threshold. */
const MOST_UNITS = 1_000_000;

export interface CreateProductBody {
  name: string;
  description: string;
  category: string;
  price: Money;
  stock?: number;
}

const facts = { name: line(200), description: line(2000), category: line(60), price: moneySchema };

const textOf = ({ name, description, category }: Partial<CreateProductBody>) => ({
  '/name': name,
  '/description': description,
  '/category': category,
});

export const createProductRoute: Route<CreateProductBody> = {
  method: 'POST',
  path: '/products',
  summary: 'Put a product on sale',
  access: 'staff',
  idempotent: true,
  body: Joi.object<CreateProductBody, true>({
    ...facts,
    stock: Joi.number().integer().min(0).max(MOST_UNITS).optional(),
  }),
  freeText: textOf,
  bodyExample: {
    name: product.name,
    description: product.description,
    category: product.category,
    price: product.price,
    stock: product.available,
  },
  answer: {
    schema: 'Product',
    status: 201,
    description: 'The product; `ETag` names its version',
    example: product,
  },
  errors: MUTATING,
};

export const editProductRoute: Route<ProductEdit, ProductPath> = {
  method: 'PATCH',
  path: '/products/{id}',
  summary: 'Change a product, take it off sale, spread its stock, take orders beyond it',
  access: 'staff',
  ifMatch: 'required',
  pathParameters: productPath,
  body: Joi.object<ProductEdit, true>({
    name: facts.name.optional(),
    description: facts.description.optional(),
    category: facts.category.optional(),
    price: moneySchema.optional(),
    status: Joi.string().valid('retired').optional(),
    stockShards: Joi.number().integer().min(1).max(MAX_SHARDS).optional(),
    lowStockBelow: Joi.number().integer().min(0).max(MOST_UNITS).optional(),
    backorder: Joi.object<NonNullable<ProductEdit['backorder']>, true>({
      limit: Joi.number().integer().min(0).max(MOST_UNITS),
      expectedAt: Joi.string()
        .pattern(
          /^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,3})?Z)?$/,
        )
        .optional(),
    }).optional(),
  }).min(1),
  freeText: textOf,
  bodyExample: { price: { amount: 1550, currency: 'EUR' } },
  answer: {
    schema: 'Product',
    status: 200,
    description: 'The product as it is now',
    example: { ...product, price: { amount: 1550, currency: 'EUR' }, version: 2 },
  },
  errors: [...WITH_BODY, 'NOT_FOUND', 'ILLEGAL_TRANSITION', 'IF_MATCH_REQUIRED', 'STALE'],
};

export interface MoveStockBody {
  delta: number;
  reason: string;
}

export const moveStockRoute: Route<MoveStockBody, ProductPath> = {
  method: 'POST',
  path: '/products/{id}/stock',
  summary: 'Restock or adjust: units that came, or (below zero) are gone',
  access: 'staff',
  idempotent: true,
  ifMatch: 'optional',
  pathParameters: productPath,
  body: Joi.object<MoveStockBody, true>({
    delta: Joi.number().integer().min(-MOST_UNITS).max(MOST_UNITS),
    reason: line(200),
  }),
  freeText: ({ reason }) => ({ '/reason': reason }),
  bodyExample: { delta: 24, reason: 'Delivery 4711' },
  answer: {
    schema: 'Available',
    status: 200,
    description: 'Units that can be ordered now',
    example: { available: 64 },
  },
  errors: [...MUTATING, 'NOT_FOUND', 'ILLEGAL_TRANSITION', 'STALE'],
};

export const listMovementsRoute: Route<undefined, ProductPath, { limit?: number; cursor?: string }> = {
  method: 'GET',
  path: '/products/{id}/movements',
  summary: 'What was put into a product’s stock and taken out beside orders, newest first',
  access: 'staff',
  pathParameters: productPath,
  query: Joi.object<{ limit?: number; cursor?: string }, true>(paging),
  answer: {
    page: 'Movement',
    status: 200,
    description: 'A page of movements',
    example: {
      items: [
        {
          id: 'mov_01KA000008ENAME1MVG0000000',
          kind: 'restock',
          units: 24,
          reason: 'Delivery 4711',
          actor: '5f0c8f0e-6a7e-4c55-9d0e-2b8a7c1d9f10',
          at: '2026-11-21T09:30:00.000Z',
          correlationId: 'cor_01JDEMCQ7Z8V3N5K2M4P6R8T0W',
        },
      ],
    },
  },
  errors: [...ALWAYS, 'CURSOR_INVALID'],
};

export const movementView = ({ productId: _, ...movement }: Movement) => movement;

export const routes = [
  listProductsRoute,
  getProductRoute,
  createProductRoute,
  editProductRoute,
  moveStockRoute,
  listMovementsRoute,
] as const;

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

const lines = (): Joi.ArraySchema =>
  Joi.array()
    .items(
      Joi.object<Line, true>({
        productId: Joi.string().min(1).max(64),
        quantity: Joi.number().integer().min(1).max(999),
      }),
    )
    .max(30);

export interface ReserveInput extends StepOfOrder {
  lines: Line[];
  holdUntil: string;
  tellShort?: boolean;
}

export const reserveInput = Joi.object<ReserveInput, true>({
  ...stepOfOrder,
  lines: lines().min(1),
  holdUntil: Joi.string().pattern(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  tellShort: Joi.boolean().optional(),
});

export interface ReleaseInput extends StepOfOrder {
  keep?: Line[];
}

/** What ReleaseInventory is sent: of an order that was sent in part, what stays sold. */
export const releaseInput = Joi.object<ReleaseInput, true>({
  ...stepOfOrder,
  keep: lines().min(1).optional(),
});

/** Of CommitInventory: the row knows the rest. */
export const stepInput = Joi.object<StepOfOrder, true>(stepOfOrder);

export interface RestockInput extends StepOfOrder {
  returnId: string;
  lines: Line[];
}

/** What the machine of a return sends to RestockReturn: no lines where nothing can be sold again. */
export const restockInput = Joi.object<RestockInput, true>({
  ...stepOfOrder,
  returnId: Joi.string().pattern(/^ret_[0-9A-Z]{26}$/),
  lines: lines(),
});

export interface SweepInput {
  atMost?: number;
}

export const sweepInput = Joi.object<SweepInput, true>({
  atMost: Joi.number().integer().min(1).max(10_000).optional(),
});
