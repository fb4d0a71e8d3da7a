import { SNSClient } from '@aws-sdk/client-sns';
import { clientConfig } from './client-config';
import { instrument } from './instrument';
import { withoutWords } from './without-words';

/** For messages to a phone or a device: one try over a connection of its own, for the reasons given in ses.ts. */
export const snsOnce = instrument(
  withoutWords(new SNSClient({ ...clientConfig({ keepAlive: false }), maxAttempts: 1 })),
  'SNS',
);
