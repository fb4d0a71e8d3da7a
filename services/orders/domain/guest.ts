import { createHash } from 'node:crypto';
import { newId } from '../../../shared/kernel/ids';
import type { Order } from './order';

const GUEST = 'gst_';

/** A guest is known by this order alone: the id says nothing about the person, and two orders of one have two. */
export const newGuestId = (at: number): string => newId('gst', at);

/** Until it is joined to an account. */
export const isGuestOrder = ({ customerId }: Pick<Order, 'customerId'>): boolean =>
  customerId.startsWith(GUEST);

/** One address, however it is written. */
export const normalEmail = (email: string): string => email.trim().toLowerCase();

/** Whose Idempotency-Key it is, and whose orders of a minute are counted. */
export const guestCaller = (email: string): string =>
  `guest:${createHash('sha256').update(normalEmail(email)).digest('base64url')}`;
