import { entriesOf as entries } from '../../scripts/packaging/zip-entries.cjs';

export interface Entry {
  name: string;
  bytes: () => Buffer;
  text: () => string;
}

export const entriesOf = (path: string): Entry[] =>
  entries(path).map((entry) => ({ ...entry, text: () => entry.bytes().toString('utf8') }));
