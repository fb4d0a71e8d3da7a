import type { ContentType } from './image';

const ascii = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));

const startsWith = (bytes: Uint8Array, signature: number[]): boolean =>
  signature.every((byte, index) => bytes[index] === byte);

/** ISO BMFF: the major brand or one of the first compatible ones; `heic` and the like are not read here. */
const isAvif = (bytes: Uint8Array): boolean =>
  ascii(bytes, 4, 8) === 'ftyp' && /^(avif|avis)|^.{8}(.{4})*?(avif|avis)/s.test(ascii(bytes, 8, 40));

const SIGNATURES: [ContentType, (bytes: Uint8Array) => boolean][] = [
  ['image/jpeg', (bytes) => startsWith(bytes, [0xff, 0xd8, 0xff])],
  ['image/png', (bytes) => startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ['image/webp', (bytes) => ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP'],
  ['image/avif', isAvif],
];

/** What a file is by its first bytes, whatever its name or sender says; undefined for everything else. */
export const formatOf = (bytes: Uint8Array): ContentType | undefined =>
  SIGNATURES.find(([, fits]) => fits(bytes))?.[0];
