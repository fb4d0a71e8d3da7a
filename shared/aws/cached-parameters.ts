import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { cached } from './cached-values';
import { ssm } from './ssm';

/** A parameter's text by name, decrypted where it is a SecureString. @throws ParameterNotFound when it is not there. */
export const parameter = cached(async (name) => {
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
  if (!Parameter?.Value) throw new Error(`Parameter ${name} holds no text`);
  return Parameter.Value;
});
