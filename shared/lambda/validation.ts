import type { ObjectSchema, ValidationErrorItem, ValidationOptions } from 'joi';
import type { Violation } from '../kernel/refusal';

const OPTIONS: ValidationOptions = {
  abortEarly: false,
  presence: 'required',
  errors: { label: 'key', wrap: { label: false } },
  // joi's own words repeat the value, which may be a person's data.
  messages: { 'string.pattern.base': '{#label} has a form that is not allowed' },
};

/** A request with ten thousand faults is told of the first fifty. */
const MAX_VIOLATIONS = 50;

/** RFC 6901: `~` and `/` inside a name are escaped. */
const toPointer = (prefix: string, path: ValidationErrorItem['path']): string =>
  prefix + path.map((part) => `/${String(part).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');

export type Validated<T> = { value: T } | { violations: Violation[] };

/** Every violation at once, by JSON pointer. `convert` only where everything arrives as text: query and path. */
export function validate<T>(
  schema: ObjectSchema<T>,
  input: unknown,
  { prefix = '', convert = false, unknown = false } = {},
): Validated<T> {
  const { error, value } = schema.validate(input, { ...OPTIONS, convert, allowUnknown: unknown });
  if (!error) return { value: value as T };
  return {
    violations: error.details
      .slice(0, MAX_VIOLATIONS)
      .map(({ path, message }) => ({ pointer: toPointer(prefix, path), detail: message.slice(0, 200) })),
  };
}
