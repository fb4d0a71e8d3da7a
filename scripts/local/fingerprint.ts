import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { ssm } from './clients';
import { root, service, stage } from './paths';

/** All that a deployment is made from. */
const SOURCES = [
  'serverless.yml',
  'package-lock.json',
  'tsconfig.json',
  'services',
  'shared',
  'statemachines',
  'events',
  'scripts/packaging',
];

/** What lies among them and is only read by people and tests, or is made of the rest. */
const NOT_DEPLOYED = /\.md$|[\\/]events[\\/]samples[\\/]|[\\/]client[\\/]generated[\\/]/;

/** Kept in the local AWS itself, so it comes and goes with the state that it describes. */
const PARAMETER = `/${service}/${stage}/deployed`;

/** One hash over the names and contents of all sources, and the endpoint that the stack's URLs name. */
export function fingerprint(endpoint: string): string {
  const hash = createHash('sha256').update(endpoint);
  for (const file of SOURCES.flatMap((source) => filesUnder(join(root, source)))) {
    hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function filesUnder(path: string): string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !NOT_DEPLOYED.test(file))
    .sort();
}

/** @returns the fingerprint of the last deployment that was complete, undefined when there never was one */
export async function readDeployed(endpoint: string): Promise<string | undefined> {
  try {
    const { Parameter } = await ssm(endpoint).send(new GetParameterCommand({ Name: PARAMETER }));
    return Parameter?.Value;
  } catch (error) {
    if (error instanceof Error && error.name === 'ParameterNotFound') return undefined;
    throw error;
  }
}

export async function writeDeployed(endpoint: string, value: string): Promise<void> {
  await ssm(endpoint).send(
    new PutParameterCommand({ Name: PARAMETER, Value: value, Type: 'String', Overwrite: true }),
  );
}
