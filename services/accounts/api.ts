import Joi from 'joi';
import type { RefusalCode } from '../../shared/kernel/refusal';
import type { Route } from '../../shared/kernel/route';
import { line } from '../../shared/kernel/text';
import type { Account, AccountChange, Address, Device, Preferences } from './domain/account';

/** What a customer can be told of (services/notifications/domain/order-mail.ts); `order-link` is always sent. */
const KINDS = [
  'order-confirmed',
  'order-rejected',
  'order-cancelled',
  'order-shipped',
  'order-delivered',
  'return-received',
  'return-refunded',
  'return-refused',
  'order-refunded',
  'choice-asked',
  'action-required',
  'payment-lost',
  'rest-cancelled',
] as const;

const byKind = (): Joi.ObjectSchema =>
  Joi.object(Object.fromEntries(KINDS.map((kind) => [kind, Joi.boolean().optional()]))).optional();

const address = Joi.object<Address, true>({
  name: line(100),
  line1: line(100),
  line2: line(100).optional(),
  city: line(100),
  postalCode: line(20),
  country: Joi.string().pattern(/^[A-Z]{2}$/),
});

const device = Joi.object<Device, true>({
  id: Joi.string()
    .pattern(/^[A-Za-z0-9_-]{1,64}$/)
    .optional(),
  platform: Joi.string().valid('apns', 'fcm'),
  // APNs: 64 hexadecimal digits; FCM: about 160 characters, 4096 at most by its documentation.
  token: Joi.string().pattern(/^[A-Za-z0-9_:.-]{8,4096}$/),
});

const changeSchema = Joi.object<AccountChange, true>({
  addresses: Joi.array().items(address).max(10).optional(),
  preferences: Joi.object<Preferences, true>({ email: byKind(), sms: byKind(), push: byKind() }).optional(),
  devices: Joi.array().items(device).max(10).optional(),
}).min(1);

const example = {
  id: '5f0c2a1e-6d1b-4b58-9d57-3a1f0d6c9b11',
  addresses: [
    {
      name: 'Ada Lovelace',
      line1: '12 St James Square',
      city: 'London',
      postalCode: 'SW1Y 4JH',
      country: 'GB',
    },
  ],
  preferences: { email: { 'order-delivered': false }, push: { 'order-confirmed': false } },
  devices: [
    { id: 'dev_01JDEMCQ7Z8V3N5K2M4P6R8T0W', platform: 'fcm', token: 'bk3RNwTe3H0CI2k_HHwgIpoDKCIZvvDM' },
  ],
  version: 3,
  updatedAt: '2026-11-21T09:30:00.000Z',
};

const ALWAYS: RefusalCode[] = ['VALIDATION_FAILED', 'INTERNAL', 'UNAVAILABLE'];

export const getMeRoute: Route = {
  method: 'GET',
  path: '/me',
  summary: "The caller's account: addresses, preferences, devices",
  access: 'customer',
  answer: { schema: 'Account', status: 200, description: 'The account; ETag has its version', example },
  errors: ALWAYS,
};

export const changeMeRoute: Route<AccountChange> = {
  method: 'PATCH',
  path: '/me',
  summary: "Change the caller's account; a part that is given takes the place of the old one",
  access: 'customer',
  ifMatch: 'required',
  body: changeSchema,
  freeText: ({ addresses = [] }) =>
    Object.fromEntries(
      addresses.flatMap((one, index) =>
        (['name', 'line1', 'line2', 'city', 'postalCode'] as const).map((key) => [
          `/addresses/${index}/${key}`,
          one[key],
        ]),
      ),
    ),
  bodyExample: { preferences: { email: { 'order-delivered': false } } },
  answer: { schema: 'Account', status: 200, description: 'The account as it is now', example },
  errors: [
    ...ALWAYS,
    'BODY_TOO_LARGE',
    'UNSUPPORTED_MEDIA_TYPE',
    'CARD_NUMBER_REFUSED',
    'IF_MATCH_REQUIRED',
    'NOT_FOUND',
    'STALE',
  ],
};

export const routes = [getMeRoute, changeMeRoute];

export const accountView = ({ customerId, ...account }: Account) => ({ id: customerId, ...account });
