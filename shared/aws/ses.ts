import { SESv2Client } from '@aws-sdk/client-sesv2';
import { clientConfig } from './client-config';
import { instrument } from './instrument';
import { withoutWords } from './without-words';

/**
 * Made once an environment, when the module loads. SES repeats addresses: "not verified: somebody@example.com".
 *
 * One try: SES has no idempotency key, so the SDK's second try after a lost answer would be a second mail. A connection
 * of its own: one kept through a freeze of the environment may be dead, and the mail that found it so would be one of
 * unknown fate.
 */
export const ses = instrument(
  withoutWords(new SESv2Client({ ...clientConfig({ keepAlive: false }), maxAttempts: 1 })),
  'SES',
);
