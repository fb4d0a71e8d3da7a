import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { referencesTo, replaceReferences } from './intrinsics';

// biome-ignore lint/suspicious/noExplicitAny: templates are JSON of a hundred shapes; each rule names the one it reads.
export type Json = any;

export const STAGES = ['local', 'dev', 'staging', 'prod'] as const;
export type Stage = (typeof STAGES)[number];

export interface Template {
  Parameters?: Record<string, Json>;
  Conditions?: Record<string, Json>;
  Resources: Record<string, Json>;
  Outputs?: Record<string, Json>;
}

export interface Resource {
  id: string;
  /** `root` or the name of the nested stack, for example `Orders`. */
  stack: string;
  type: string;
  /** With what crosses the border of a stack put back: parameters are the root's references, outputs the nested ones'. */
  props: Json;
  deletionPolicy?: string;
  updateReplacePolicy?: string;
}

export interface App {
  stage: Stage;
  folder: string;
  /** As packaged. */
  stacks: Record<string, Template>;
  /** Of all stacks. */
  resources: Resource[];
  outputs: Record<string, Json>;
}

const ROOT_FILE = 'cloudformation-template-update-stack.json';
const NESTED_FILE = /^cloudformation-template-(\w+)-nested-stack\.json$/;

/** Reads what `npm run package -- --stage <stage>` wrote. */
export function load(stage: Stage): App {
  const folder = join(__dirname, '../../.build', stage);
  if (!existsSync(join(folder, ROOT_FILE))) {
    throw new Error(`Stage ${stage} is not packaged. First: npm run package -- --all`);
  }
  const read = (name: string): Template => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const stacks: App['stacks'] = { root: read(ROOT_FILE) };
  for (const file of readdirSync(folder)) {
    const nested = NESTED_FILE.exec(file)?.[1];
    if (nested) stacks[nested] = read(file);
  }
  return appOf(stage, folder, stacks);
}

export function appOf(stage: Stage, folder: string, stacks: App['stacks']): App {
  const all = Object.entries(stacks).flatMap(([stack, { Resources }]) =>
    Object.entries(Resources).map(([id, raw]) => ({ id, stack, raw })),
  );
  const resources = all
    .filter(({ raw }) => raw.Type !== 'AWS::CloudFormation::Stack')
    .map(({ id, stack, raw }) => ({
      id,
      stack,
      type: raw.Type,
      props: flatten(raw.Properties ?? {}, stack, stacks),
      deletionPolicy: raw.DeletionPolicy,
      updateReplacePolicy: raw.UpdateReplacePolicy,
    }));
  const outputs = flatten(stacks.root?.Outputs ?? {}, 'root', stacks);
  return { stage, folder, stacks, resources, outputs };
}

export const nestedId = (stack: string): string => `${stack}NestedStack`;

/** What the root gives to a nested stack's parameter. */
export function argument(stacks: App['stacks'], stack: string, parameter: string): Json {
  return stacks.root?.Resources[nestedId(stack)]?.Properties.Parameters?.[parameter];
}

function flatten(node: Json, stack: string, stacks: App['stacks']): Json {
  return replaceReferences(node, (reference) => {
    const { id, attribute } = referencesTo(reference);
    if (stack !== 'root' && stacks[stack]?.Parameters?.[id]) {
      return flatten(argument(stacks, stack, id), 'root', stacks);
    }
    const nested = Object.keys(stacks).find((name) => nestedId(name) === id);
    const output = attribute?.replace('Outputs.', '') ?? '';
    if (nested) return flatten(stacks[nested]?.Outputs?.[output]?.Value, nested, stacks);
    return reference;
  });
}
