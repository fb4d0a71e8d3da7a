import { accounts, type Tokens } from '../../shared/client/accounts';
import { stack } from './stack';

type Role = 'customer' | 'staff';

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
  const tokens = passwordSignIn(user);
  signedIn.set(user.email, tokens);
  return tokens;
}

/** The access token of a demo user. */
export async function tokenOf(role: Role, n = 0): Promise<string> {
  return (await signIn(await demoUser(role, n))).accessToken;
}

async function passwordSignIn(user: Pick<User, 'email' | 'password'>): Promise<Tokens> {
  const signedIn = await accounts(await stack()).signIn(user);
  if ('tokens' in signedIn) return signedIn.tokens;
  throw new Error(`${user.email} is asked for a code as well`);
}
