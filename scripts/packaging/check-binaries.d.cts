export interface ZipFile {
  name: string;
  bytes: () => Buffer;
}

export function faultsOf(entries: ZipFile[], machine: string): string[];
