import { SFNClient } from '@aws-sdk/client-sfn';
import { clientConfig } from './client-config';
import { instrument } from './instrument';

/** Made once an environment, when the module loads. */
export const sfn = instrument(new SFNClient(clientConfig()), 'StepFunctions');
