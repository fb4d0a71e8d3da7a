import type { Order } from './order';

/** Whose orders: an account's, or those of guests with one address, named by its keyed hash. */
export type Whose = { customerId: string } | { emailHash: string };

const ENDED: readonly Order['status'][] = ['DELIVERED', 'REJECTED', 'CANCELLED'];

const comesBack = ({ progress = {} }: Order): boolean =>
  Object.values(progress).some(({ returning }) => returning > 0);

/** What still has to reach somebody, or to come back from them, needs to know who that is. */
export const isOpen = (order: Order): boolean =>
  !ENDED.includes(order.status) || order.owed || comesBack(order);

/** What of an order tells of a person; amounts, lines and ids are what the books are made of. */
export const PERSONAL = [
  'contact',
  'shippingAddress',
  'cancelReason',
  'reviewNote',
  'emailHash',
  'paymentToken',
  'nextAction',
] as const satisfies readonly (keyof Order)[];

export const isErased = (order: Order): boolean => PERSONAL.every((field) => order[field] === undefined);

/** The words of a return that was erased. */
export const ERASED_REASON = '[erased]';
