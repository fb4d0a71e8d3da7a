export interface ZipEntry {
  name: string;
  bytes: () => Buffer;
}

export function entriesOf(path: string): ZipEntry[];
