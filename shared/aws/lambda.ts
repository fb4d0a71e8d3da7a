import { LambdaClient } from '@aws-sdk/client-lambda';
import { clientConfig } from './client-config';
import { instrument } from './instrument';

/** Made once an environment, when the module loads. */
export const lambda = instrument(new LambdaClient(clientConfig()), 'Lambda');
