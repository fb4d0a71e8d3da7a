import sharp from 'sharp';
import { photograph } from '../pictures';

export const small = (): Promise<Buffer> => photograph(64, 48);

/** https://www.w3.org/Graphics/JPEG/itu-t81.pdf, B.1.1.4: a marker, its length with itself, its data. */
export const segment = (marker: number, data: Buffer): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
};

export const COMMENT = 0xfe;
export const APP1 = 0xe1;
const APP2 = 0xe2;

export const holding = async (...segments: Buffer[]): Promise<Buffer> => {
  const jpeg = await small();
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
};

/** Where the marker's segment begins. */
export function find(jpeg: Buffer, ...markers: number[]): number {
  let at = 2;
  while (!markers.includes(jpeg[at + 1] ?? 0)) at += 2 + jpeg.readUInt16BE(at + 2);
  return at;
}

export const FRAME = [0xc0, 0xc2];
const SCAN = 0xda;
export const HUFFMAN = 0xc4;
export const QUANTIZATION = 0xdb;

export const changed = async (change: (jpeg: Buffer) => void, made = small()): Promise<Buffer> => {
  const jpeg = await made;
  change(jpeg);
  return jpeg;
};

export const saying = (width: number, height: number): Promise<Buffer> =>
  changed((jpeg) => {
    const frame = find(jpeg, ...FRAME);
    jpeg.writeUInt16BE(height, frame + 5);
    jpeg.writeUInt16BE(width, frame + 7);
  });

/** Where the scan ends that begins at or after this place. */
function scanEnd(jpeg: Buffer, from: number): number {
  let at = from;
  while (jpeg[at + 1] !== SCAN) at += 2 + jpeg.readUInt16BE(at + 2);
  at += 2;
  while (!(jpeg[at] === 0xff && (jpeg[at + 1] ?? 0) >= 0xc0)) at += 1;
  return at;
}

/**
 * As many scans as the format allows for one component, each a bit of one coefficient, 200 bytes of nothing long and
 * decoded over the whole picture: the second scan of a picture of one colour, said to be of another coefficient.
 */
export async function scans(): Promise<Buffer> {
  const jpeg = await sharp({ create: { width: 4800, height: 4800, channels: 3, background: 'teal' } })
    .jpeg({ progressive: true })
    .toBuffer();
  const first = scanEnd(jpeg, 2);
  const empty = jpeg.subarray(first, scanEnd(jpeg, first));
  const band = empty.indexOf(Buffer.from([0xff, SCAN])) + 7;
  const all = Array.from({ length: 63 * 14 }, (_, n) => {
    const [coefficient, low] = [1 + Math.floor(n / 14), 13 - (n % 14)];
    const scan = Buffer.from(empty);
    scan.set([coefficient, coefficient, ((low === 13 ? 0 : low + 1) << 4) + low], band);
    return scan;
  });
  return Buffer.concat([jpeg.subarray(0, first), ...all, Buffer.from([0xff, 0xd9])]);
}

/** https://www.cipa.jp/std/documents/e/DC-X008-Translation-2019-E.pdf: TIFF within APP1, here one directory. */
export function exif(entries: [tag: number, type: number, count: number, value: number][], next = 0): Buffer {
  const directory = Buffer.alloc(2 + entries.length * 12 + 4);
  directory.writeUInt16LE(entries.length, 0);
  for (const [index, [tag, type, count, value]] of entries.entries()) {
    const at = 2 + index * 12;
    directory.writeUInt16LE(tag, at);
    directory.writeUInt16LE(type, at + 2);
    directory.writeUInt32LE(count, at + 4);
    directory.writeUInt32LE(value, at + 8);
  }
  directory.writeUInt32LE(next, directory.length - 4);
  return segment(APP1, Buffer.concat([Buffer.from('Exif\0\0II*\0\x08\0\0\0', 'latin1'), directory]));
}

export const ORIENTATION = 0x0112;
export const SUB_DIRECTORY = 0x8769;
export const SHORT = 3;
export const LONG = 4;

export const profile = (): Buffer[] =>
  Array.from({ length: 140 }, (_, n) =>
    segment(
      APP2,
      Buffer.concat([Buffer.from('ICC_PROFILE\0'), Buffer.from([n + 1, 140]), Buffer.alloc(60_000, n)]),
    ),
  );
