import { SNSClient } from '@aws-sdk/client-sns';
import { clientConfig } from './client-config';
import { instrument } from './instrument';

/** Made once an environment, when the module loads. */
export const sns = instrument(new SNSClient(clientConfig()), 'SNS');
