import Joi from 'joi';
import { idPattern } from '../../../shared/kernel/ids';
import { type Money, moneySchema } from '../../../shared/kernel/money';
import type { RefusalCode } from '../../../shared/kernel/refusal';
import { line } from '../../../shared/kernel/text';
import type { Address, Contact } from '../domain/order';

export interface WantedItem {
  productId: string;
  quantity: number;
}

export interface OrderRequest {
  items: WantedItem[];
  contact?: Contact;
  expectedTotal?: Money;
  onUnavailable?: 'reject' | 'ask';
  shippingAddress?: Address;
}

export interface PlaceOrderRequest extends OrderRequest {
  payment: { token: string };
}

const items = Joi.array()
  .items(
    Joi.object<WantedItem, true>({
      productId: line(64),
      quantity: Joi.number().integer().min(1).max(999),
    }),
  )
  .min(1)
  .max(100);

export const email = line(254).pattern(/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/);

export const phone = line(20).pattern(/^\+?[0-9 ()-]{6,20}$/);

const contact = Joi.object<Contact, true>({ email: email.optional(), phone: phone.optional() });

export const address = Joi.object<Address, true>({
  name: line(100),
  line1: line(100),
  line2: line(100).optional(),
  city: line(100),
  postalCode: line(20),
  country: Joi.string().pattern(/^[A-Z]{2}$/),
});

export const orderRequest = {
  items,
  contact: contact.optional(),
  expectedTotal: moneySchema.optional(),
  onUnavailable: Joi.string().valid('reject', 'ask').optional(),
  shippingAddress: address.optional(),
};

export const payment = Joi.object<PlaceOrderRequest['payment'], true>({
  token: Joi.string().pattern(/^[A-Za-z0-9_-]{1,128}$/),
});

export const addressText = ({ shippingAddress }: OrderRequest): Record<string, string | undefined> =>
  Object.fromEntries(
    (['name', 'line1', 'line2', 'city', 'postalCode'] as const).map((key) => [
      `/shippingAddress/${key}`,
      shippingAddress?.[key],
    ]),
  );

export const orderPath = Joi.object<{ id: string }, true>({ id: line(64) });

export const EXAMPLE_ITEMS = [{ productId: 'prd_01JDEM00000000000000000001', quantity: 2 }];

export const orderExample = {
  id: 'ord_01JDEMCQ7Z8V3N5K2M4P6R8T0W',
  status: 'PENDING',
  paymentStatus: 'PENDING',
  fulfilmentStatus: 'UNFULFILLED',
  items: [
    {
      ...EXAMPLE_ITEMS[0],
      name: 'Enamel mug',
      unitPrice: { amount: 1450, currency: 'EUR' },
      total: { amount: 2900, currency: 'EUR' },
    },
  ],
  total: { amount: 2900, currency: 'EUR' },
  version: 1,
  createdAt: '2026-11-21T09:30:00.000Z',
  updatedAt: '2026-11-21T09:30:00.000Z',
};

export const ALWAYS: RefusalCode[] = ['VALIDATION_FAILED', 'INTERNAL', 'UNAVAILABLE'];
export const WITH_BODY: RefusalCode[] = [...ALWAYS, 'BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'];
export const PRICED: RefusalCode[] = ['PRODUCT_UNKNOWN', 'PRODUCT_UNAVAILABLE'];
export const MUTATING: RefusalCode[] = ['IDEMPOTENCY_KEY_INVALID', 'IDEMPOTENCY_KEY_REUSED', 'CONFLICT'];

/** Where a list of orders may go on: an order's id. */
export const ORDER_POSITION = idPattern('ord');
