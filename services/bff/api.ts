import Joi from 'joi';
import type { Answer, Route } from '../../shared/kernel/route';
import { line } from '../../shared/kernel/text';

const order = {
  id: 'ord_01JDEMCQ7Z8V3N5K2M4P6R8T0W',
  status: 'CONFIRMED',
  total: { amount: 2900, currency: 'EUR' },
};
const product = {
  id: 'prd_01KA000008ENAME1MVG0000000',
  name: 'Enamel Mug',
  price: { amount: 1450, currency: 'EUR' },
  inStock: true,
};

const screen = (path: string, summary: string, schema: string, example: Answer['example']): Route => ({
  method: 'GET',
  path,
  summary,
  access: 'customer',
  answer: {
    status: 200,
    description: 'The parts; `degraded` names those that are left out because they failed or were slow',
    schema,
    example,
  },
  errors: ['VALIDATION_FAILED', 'INTERNAL', 'UNAVAILABLE'],
});

const ofOrder = (route: Route): Route<unknown, { id: string }> => ({
  ...route,
  pathParameters: Joi.object<{ id: string }, true>({ id: line(64) }),
  errors: [...route.errors, 'NOT_FOUND'],
});

export const webHomeRoute = screen('/web/home', "The shop's first page, for a browser", 'WebHome', {
  products: [],
  orders: [],
  degraded: [],
});

export const mobileHomeRoute = screen(
  '/mobile/home',
  'The same for a phone, in a quarter of the bytes',
  'MobileHome',
  {
    products: [product],
    orders: [order],
    degraded: [],
  },
);

export const webOrderRoute = ofOrder(
  screen('/web/orders/{id}', 'An order with its history and its products', 'WebOrder', {
    history: [{ at: '2026-11-21T09:30:00.000Z', type: 'order.placed' }],
    products: [],
    degraded: ['order'],
  }),
);

export const mobileOrderRoute = ofOrder(
  screen('/mobile/orders/{id}', 'The same for a phone', 'MobileOrder', {
    order: {
      ...order,
      paymentStatus: 'CAPTURED',
      fulfilmentStatus: 'UNFULFILLED',
      items: [{ name: 'Enamel Mug', quantity: 2 }],
      version: 3,
      updatedAt: '2026-11-21T09:30:01.000Z',
    },
    degraded: [],
  }),
);

export const routes = [webHomeRoute, webOrderRoute, mobileHomeRoute, mobileOrderRoute];
