import { isDeepStrictEqual } from 'node:util';
import type { ObjectSchema } from 'joi';
import convert from 'joi-to-json';

export type JsonSchema = Record<string, unknown>;

/** Joi to JSON Schema 2019-09, of which OpenAPI 3.1 takes all that our subset of joi can say. */
export const toJsonSchema = (schema: ObjectSchema): JsonSchema =>
  readable(convert(schema.prefs({ presence: 'required' }), 'json-draft-2019-09')) as JsonSchema;

/** A joi pattern's flag goes: JSON Schema reads every pattern as Unicode. */
function readable(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(readable);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === 'pattern' && typeof value === 'string' ? value.replace(/\/u$/, '') : readable(value),
    ]),
  );
}

/** What we send may grow by a field at any time, and clients tolerate that: an answer is never closed. */
export function opened(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(opened);
  if (typeof node !== 'object' || node === null) return node;
  const { additionalProperties, ...rest } = node as JsonSchema;
  const anything = rest.type === 'object' && Object.keys(rest.properties ?? {}).length === 0;
  const kept = anything
    ? { ...rest, additionalProperties: true }
    : additionalProperties === false
      ? rest
      : node;
  return Object.fromEntries(Object.entries(kept).map(([key, value]) => [key, opened(value)]));
}

/** Wherever a named schema stands word for word, its name: `{ $ref: '#/components/schemas/Money' }`. */
export function withReferences(node: unknown, named: ReadonlyMap<string, unknown>, inside?: string): unknown {
  if (Array.isArray(node)) return node.map((one) => withReferences(one, named, inside));
  if (typeof node !== 'object' || node === null) return node;
  for (const [name, schema] of named) {
    if (name !== inside && isDeepStrictEqual(schema, node)) return { $ref: `#/components/schemas/${name}` };
  }
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, withReferences(value, named, inside)]),
  );
}
