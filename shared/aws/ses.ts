import { SESv2Client } from '@aws-sdk/client-sesv2';
import { clientConfig } from './client-config';
import { instrument } from './instrument';

/** Neither a log nor a trace may have a person's address, and SES repeats it: "not verified: somebody@example.com". */
function withoutWords(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const message = `${error.name}, in words that are withheld`;
  return Object.assign(error, { message, stack: `${error.name}: ${message}` });
}

/**
 * One try: SES has no idempotency key, so the SDK's second try after a lost answer would be a second mail. A connection
 * of its own: one kept through a freeze of the environment may be dead, and the mail that found it so would be one of
 * unknown fate.
 */
const client = new SESv2Client({ ...clientConfig({ keepAlive: false }), maxAttempts: 1 });

client.middlewareStack.add(
  (next) => (args) =>
    next(args).catch((error: unknown) => {
      throw withoutWords(error);
    }),
  { step: 'serialize', name: 'withoutWords' },
);

/** Made once an environment, when the module loads. */
export const ses = instrument(client, 'SES');
