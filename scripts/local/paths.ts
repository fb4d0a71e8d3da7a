import { resolve } from 'node:path';

/** The project's own folder. */
export const root = resolve(__dirname, '../..');

/** State, logs and process files of one local stack; `npm test` uses a folder of its own. */
export const localDir = resolve(root, process.env.LOCAL_DIR ?? '.local');

/** What pip installed; shared by every local stack of this clone. */
export const installDir = resolve(root, process.env.LOCAL_INSTALL_DIR ?? '.local');

export const service = 'orderly';
export const stage = 'local';
export const region = 'eu-west-1';
export const stackName = `${service}-${stage}`;

export const files = {
  /** Written by the launcher: who runs, on which port. */
  process: resolve(localDir, 'local-aws.json'),
  /** Held by the `npm start` (or test run) that looks after the process. */
  lock: resolve(localDir, 'start.lock'),
  /** The `serverless deploy` that was started last. */
  deploy: resolve(localDir, 'deploy.json'),
  /** The port that the kept state was deployed with. */
  port: resolve(localDir, 'port'),
  state: resolve(localDir, 'state'),
  tmp: resolve(localDir, 'tmp'),
  awsLog: resolve(localDir, 'local-aws.log'),
  deployLog: resolve(localDir, 'deploy.log'),
} as const;
