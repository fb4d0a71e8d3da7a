type Parse<T> = (text: string) => T | undefined;

export const text: Parse<string> = (value) => value || undefined;
/** May be empty: what it names is then not there. */
export const optional: Parse<string> = (value) => value;
export const integer: Parse<number> = (value) => (/^\d+$/.test(value) ? Number(value) : undefined);
export const oneOf =
  <Word extends string>(...words: Word[]): Parse<Word> =>
  (value) =>
    words.find((word) => word === value);

type Parsed<S> = { [K in keyof S]: S[K] extends Parse<infer T> ? T : never };

/**
 * The typed environment of a function, read when its module loads: a wrong deploy fails at cold start, with every
 * fault named, and not at the first order.
 * @throws Error that lists each variable that is missing or malformed.
 */
export function environment<S extends Record<string, Parse<unknown>>>(shape: S): Parsed<S> {
  const wrong: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, parse] of Object.entries(shape)) {
    const value = parse(process.env[name] ?? '');
    if (value === undefined) wrong.push(name);
    values[name] = value;
  }
  if (wrong.length > 0) {
    throw new Error(
      `Environment variables missing or malformed: ${wrong.join(', ')} (see functions.yml of the service)`,
    );
  }
  return values as Parsed<S>;
}
