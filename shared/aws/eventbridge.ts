import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { clientConfig } from './client-config';
import { instrument } from './instrument';

/** Made once an environment, when the module loads. */
export const eventbridge = instrument(new EventBridgeClient(clientConfig()), 'EventBridge');
