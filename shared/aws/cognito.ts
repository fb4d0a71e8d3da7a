import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { clientConfig } from './client-config';
import { instrument } from './instrument';

/** Made once an environment, when the module loads. */
export const cognito = instrument(new CognitoIdentityProviderClient(clientConfig()), 'Cognito');
