/** Tells the HMAC of an address from an address, which has no colon there. */
export const HASHED = 'hmac:';
