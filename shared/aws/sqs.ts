import { SQSClient } from '@aws-sdk/client-sqs';
import { clientConfig } from './client-config';
import { instrument } from './instrument';

/** Made once an environment, when the module loads. */
export const sqs = instrument(new SQSClient(clientConfig()), 'SQS');
