import { delimiter, dirname } from 'node:path';
import { Problem } from './problem';

/** The local AWS knows one root user; these are its keys, not a secret. */
export const testKeys = { accessKeyId: 'test', secretAccessKey: 'test' };

/** The endpoint that the user named; nothing is started or stopped then, and the user's own keys are used. */
export const givenEndpoint = process.env.AWS_ENDPOINT_URL || undefined;

export const keys =
  givenEndpoint && process.env.AWS_ACCESS_KEY_ID && process.env.AWS_SECRET_ACCESS_KEY
    ? { accessKeyId: process.env.AWS_ACCESS_KEY_ID, secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY }
    : testKeys;

/**
 * Every stage but local belongs to an account, and a tool that reads AWS_ENDPOINT_URL would take another AWS for it.
 * @throws Problem when that variable is set
 */
export function checkAccount(stage: string, endpoint = givenEndpoint): void {
  if (stage === 'local' || !endpoint) return;
  throw new Problem(
    `AWS_ENDPOINT_URL=${endpoint} is set: stage ${stage} would go there instead of to your AWS account.`,
    'unset AWS_ENDPOINT_URL (and AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY if they are the dummy ones), then again',
  );
}

/** PATH with the Node of this process first: the local AWS runs functions with the first one it finds. */
export function pathWithOwnNode(): string {
  return [dirname(process.execPath), process.env.PATH ?? ''].join(delimiter);
}

/** The environment in which a tool talks to the local AWS and to nothing else. */
export function awsEnv(endpoint: string, region: string): NodeJS.ProcessEnv {
  const { AWS_PROFILE: _profile, AWS_SESSION_TOKEN: _token, ...inherited } = process.env;
  return {
    ...inherited,
    PATH: pathWithOwnNode(),
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
  };
}

/** The functions run on nodejs24.x; npm scripts bring that Node with them. */
export function checkNode(): void {
  const NEEDED = 24;
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= NEEDED) return;
  throw new Problem(
    `This runs on Node ${process.versions.node}, the functions need Node ${NEEDED}, which the package "node" brings.`,
    'Start it through npm (npm start). If you did: npm rebuild node, or npm ci',
  );
}
