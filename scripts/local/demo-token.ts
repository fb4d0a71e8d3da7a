import { accounts } from '../../shared/client/accounts';
import { Problem } from './problem';
import type { RunningStack } from './running-stack';

/** The access token of the first demo user of a role. @throws Problem when there is none, or it cannot sign in */
export async function demoToken(stack: RunningStack, role: 'customer' | 'staff'): Promise<string> {
  const user = stack.users.find((one) => one.role === role);
  try {
    const signedIn = user && (await accounts(stack).signIn(user));
    if (signedIn && 'tokens' in signedIn) return signedIn.tokens.accessToken;
  } catch (error) {
    throw new Problem(`The demo ${role} could not sign in: ${(error as Error).message}`, 'npm run demo-data');
  }
  throw new Problem(`There is no demo ${role} who signs in with a password alone.`, 'npm run demo-data');
}
