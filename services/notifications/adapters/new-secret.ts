import { randomBytes } from 'node:crypto';

/** As Standard Webhooks writes it: 24 to 64 bytes in Base64 behind its prefix. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;
