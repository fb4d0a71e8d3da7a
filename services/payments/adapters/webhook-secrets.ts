import { secret } from '../../../shared/aws/cached-secrets';

/** Stripe's own tolerance, and ours: https://docs.stripe.com/webhooks#replay-attacks */
export const TOLERANCE_SECONDS = 300;

/** The secrets that are valid now, one a line: two while one is being replaced (README.md). */
export const webhookSecrets = async (name: string): Promise<string[]> =>
  (await secret(name)).split(/\s+/).filter(Boolean);
