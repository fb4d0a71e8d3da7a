import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { awsClient } from './aws-client';
import { signIn } from './sign-in';
import { stack } from './stack';

/** Access tokens of so many customers who did not exist before. */
export async function newCustomers(count: number): Promise<string[]> {
  const cognito = await awsClient(CognitoIdentityProviderClient);
  const UserPoolId = (await stack()).userPoolId;
  const Password = 'Race-for-it-1!';
  const stamp = Date.now().toString(36);
  const create = async (n: number): Promise<string> => {
    const Username = `racer-${stamp}-${n}@example.com`;
    await cognito.send(new AdminCreateUserCommand({ UserPoolId, Username, MessageAction: 'SUPPRESS' }));
    await cognito.send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password, Permanent: true }));
    return (await signIn({ email: Username, password: Password })).accessToken;
  };
  return Promise.all(Array.from({ length: count }, (_, n) => create(n)));
}
