import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseSync } from '@swc/core';

export const root = join(__dirname, '../..');

/** Files under the folders, relative to the project, by the end of their name. */
export function filesIn(folders: string[], ending: string): string[] {
  return folders
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

export const read = (file: string): string => readFileSync(join(root, file), 'utf8');

// biome-ignore lint/suspicious/noExplicitAny: a syntax tree has a hundred shapes; each reader names the one it wants.
export type Node = any;

/** Each node of the syntax tree of TypeScript code. */
export function* nodesOf(code: string): Generator<Node> {
  yield* walk(parseSync(code, { syntax: 'typescript', target: 'es2024' }).body);
}

function* walk(node: Node): Generator<Node> {
  if (typeof node !== 'object' || node === null) return;
  yield node;
  for (const child of Object.values(node)) yield* walk(child);
}
