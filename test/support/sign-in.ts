import { stack } from './stack';

type Role = 'customer' | 'staff';

export interface Tokens {
  accessToken: string;
  idToken: string;
}

export interface User {
  email: string;
  password: string;
  role: Role;
}

const signedIn = new Map<string, Promise<Tokens>>();

/** @returns the n-th demo user of a role, counted from 0 */
export async function demoUser(role: Role, n = 0): Promise<User> {
  const user = (await stack()).users.filter((one) => one.role === role)[n];
  if (!user) throw new Error(`There is no demo user ${role} ${n}`);
  return user;
}

/** Signs in by USER_PASSWORD_AUTH, once per user and test file. */
export function signIn(user: Pick<User, 'email' | 'password'>): Promise<Tokens> {
  const known = signedIn.get(user.email);
  if (known) return known;
  const tokens = initiateAuth(user);
  signedIn.set(user.email, tokens);
  return tokens;
}

/** The access token of a demo user. */
export async function tokenOf(role: Role, n = 0): Promise<string> {
  return (await signIn(await demoUser(role, n))).accessToken;
}

async function initiateAuth({ email, password }: Pick<User, 'email' | 'password'>): Promise<Tokens> {
  const { endpoint, userPoolClientId } = await stack();
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
    },
    body: JSON.stringify({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: userPoolClientId,
      AuthParameters: { USERNAME: email, PASSWORD: password },
    }),
  });
  if (!answer.ok) throw new Error(`Sign-in of ${email}: ${answer.status} ${await answer.text()}`);
  const { AuthenticationResult } = (await answer.json()) as {
    AuthenticationResult: { AccessToken: string; IdToken: string };
  };
  return { accessToken: AuthenticationResult.AccessToken, idToken: AuthenticationResult.IdToken };
}
