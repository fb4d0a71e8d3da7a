import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { clientConfig } from './client-config';
import { instrument } from './instrument';

/** Made once an environment, when the module loads. */
export const secretsManager = instrument(new SecretsManagerClient(clientConfig()), 'SecretsManager');
