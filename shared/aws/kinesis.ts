import { KinesisClient } from '@aws-sdk/client-kinesis';
import { clientConfig } from './client-config';
import { instrument } from './instrument';

/** Made once an environment, when the module loads. */
export const kinesis = instrument(new KinesisClient(clientConfig()), 'Kinesis');
