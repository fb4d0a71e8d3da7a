import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { cached } from './cached-values';
import { secretsManager } from './secrets-manager';

/** A secret's text by name or ARN. @throws ResourceNotFoundException when it is not there. */
export const secret = cached(async (name) => {
  const { SecretString } = await secretsManager.send(new GetSecretValueCommand({ SecretId: name }));
  if (!SecretString) throw new Error(`Secret ${name} holds no text`);
  return SecretString;
});
