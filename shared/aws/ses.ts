import { SESv2Client } from '@aws-sdk/client-sesv2';
import { clientConfig } from './client-config';
import { instrument } from './instrument';

/** Made once an environment, when the module loads. */
export const ses = instrument(new SESv2Client(clientConfig()), 'SES');
