import { sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { files } from '../../scripts/local/paths';
import { stack } from './stack';

const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');

const decode = (part = ''): Record<string, unknown> =>
  JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));

export const claimsOf = (token: string): Record<string, unknown> => decode(token.split('.')[1]);

export const joined = (header: unknown, claims: unknown): string => `${encode(header)}.${encode(claims)}`;

/**
 * The access token with other claims (undefined takes one out), signed with the key that the local AWS signs the pool's
 * access tokens with: only its claims can make it a bad one.
 */
export async function reissued(accessToken: string, claims: Record<string, unknown> = {}): Promise<string> {
  const { userPoolId } = await stack();
  const key = readFileSync(join(files.state, 'services', 'cognito-pool-keys', `${userPoolId}-access.pem`));
  const head = joined(decode(accessToken.split('.')[0]), { ...claimsOf(accessToken), ...claims });
  return `${head}.${sign('sha256', Buffer.from(head), key).toString('base64url')}`;
}
