import { SSMClient } from '@aws-sdk/client-ssm';
import { clientConfig } from './client-config';
import { instrument } from './instrument';

/** Made once an environment, when the module loads. */
export const ssm = instrument(new SSMClient(clientConfig()), 'SSM');
