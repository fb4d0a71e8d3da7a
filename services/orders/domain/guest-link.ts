import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { DAY, epochSeconds } from '../../../shared/kernel/time';

/** Two keys are valid at once, so that a rotation breaks no link that is under way. */
export interface LinkKeys {
  current: string;
  previous?: string;
}

/** How long a link in a mail opens its order. */
export const LINK_LIFE = 30 * DAY;

/** What the signature is for: a key that signs something else one day does not open orders by it. */
const PURPOSE = 'guest-order';

/** `<key id>.<expiry, seconds since the epoch>.<HMAC-SHA256>` */
const TOKEN = /^([A-Za-z0-9_-]{8})\.(\d{10})\.([A-Za-z0-9_-]{43})$/;

/** Made from the key, so that nobody has to keep ids and keys together. */
const keyIdOf = (key: string): string => createHash('sha256').update(key).digest('base64url').slice(0, 8);

/** A JSON list says where each part ends: no other order id and expiry sign alike. */
const signature = (key: string, orderId: string, keyId: string, expires: number): string =>
  createHmac('sha256', key)
    .update(JSON.stringify([PURPOSE, orderId, keyId, expires]))
    .digest('base64url');

/** A token that opens this order, and cancels it, for the next thirty days. */
export function signLink({ current }: LinkKeys, orderId: string, now: number): string {
  const keyId = keyIdOf(current);
  const expires = epochSeconds(now + LINK_LIFE);
  return `${keyId}.${expires}.${signature(current, orderId, keyId, expires)}`;
}

/** The text is compared, not the bytes it stands for: the last letter of base64 has two bits that mean nothing. */
const sameText = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(a), Buffer.from(b));

export function opensOrder(keys: LinkKeys, token: string, orderId: string, now: number): boolean {
  const [, keyId = '', expiry = '', given = ''] = TOKEN.exec(token) ?? [];
  if (!given) return false;
  const expires = Number(expiry);
  const key = [keys.current, keys.previous].find((one) => one && keyIdOf(one) === keyId);
  // A key that is none of ours costs the same comparison.
  const same = sameText(given, signature(key ?? keys.current, orderId, keyId, expires));
  return same && key !== undefined && expires > epochSeconds(now);
}
