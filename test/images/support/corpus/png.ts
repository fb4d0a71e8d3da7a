import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { photograph } from '../pictures';
import type { CorpusFile } from './file';

export const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** The signature and IHDR. */
const HEAD = 33;

export const chunk = (type: string, data: Buffer = Buffer.alloc(0)): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
};

const header = (width: number, height: number, depth = 8, colour = 2): Buffer => {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([depth, colour, 0, 0, 0], 8);
  return chunk('IHDR', data);
};

const file = (head: Buffer, data: Buffer): Buffer =>
  Buffer.concat([PNG_SIGNATURE, head, chunk('IDAT', deflateSync(data)), chunk('IEND')]);

/** A few hundred bytes that say they are so many pixels. */
export const pixelBomb = (width: number, height: number): Buffer =>
  file(header(width, height), Buffer.alloc(1000));

const small = async (): Promise<Buffer> =>
  sharp(await photograph(64, 48))
    .png()
    .toBuffer();

/** A good picture with these chunks behind its header. */
const holding = async (...chunks: Buffer[]): Promise<Buffer> => {
  const png = await small();
  return Buffer.concat([png.subarray(0, HEAD), ...chunks, png.subarray(HEAD)]);
};

/** 50 MB in 50 KB. */
const inflating = (): Buffer => deflateSync(Buffer.alloc(50_000_000));
const text = (start: string, data: Buffer): Buffer => Buffer.concat([Buffer.from(start, 'latin1'), data]);

const damaged = async (change: (png: Buffer) => void): Promise<Buffer> => {
  const png = await small();
  change(png);
  return png;
};

/** Frames behind the first that only a player of APNG would show. */
function frames(count: number): Buffer[] {
  const pixels = deflateSync(Buffer.alloc((64 * 3 + 1) * 48, 200));
  return Array.from({ length: count }, (_, n) => {
    const control = Buffer.alloc(26);
    for (const [at, value] of [n * 2, 64, 48].entries()) control.writeUInt32BE(value, at * 4);
    const number = Buffer.alloc(4);
    number.writeUInt32BE(n * 2 + 1);
    return [chunk('fcTL', control), chunk('fdAT', Buffer.concat([number, pixels]))];
  }).flat();
}

async function animated(count: number): Promise<Buffer> {
  const png = await holding(chunk('acTL', Buffer.from([0, 0, count >> 8, count & 255, 0, 0, 0, 0])));
  const end = png.length - chunk('IEND').length;
  return Buffer.concat([png.subarray(0, end), ...frames(count), chunk('IEND')]);
}

const png = (name: string, verdict: CorpusFile['verdict'], bytes: CorpusFile['bytes']): CorpusFile => ({
  name,
  type: 'image/png',
  verdict,
  bytes,
});

export const pngs: CorpusFile[] = [
  png('60000×60000 by its header', 'TOO_MANY_PIXELS', () => pixelBomb(60_000, 60_000)),
  png('one row over 24 megapixels', 'TOO_MANY_PIXELS', () => pixelBomb(6001, 4000)),
  png('24000001×1', 'TOO_MANY_PIXELS', () => pixelBomb(24_000_001, 1)),
  png('a width of 2³¹-1', 'BROKEN', () => pixelBomb(2 ** 31 - 1, 1)),
  png('14000×14000 that really is there, one bit a pixel', 'TOO_MANY_PIXELS', () =>
    file(header(14_000, 14_000, 1, 0), Buffer.alloc((14_000 / 8 + 1) * 14_000)),
  ),
  png('0×0', 'BROKEN', () => pixelBomb(0, 0)),
  png('a zTXt of 50 MB', 'PROCESSED', async () => holding(chunk('zTXt', text('Comment\0\0', inflating())))),
  png('an iTXt of 50 MB', 'PROCESSED', async () =>
    holding(chunk('iTXt', text('Comment\0\x01\0\0\0', inflating()))),
  ),
  png('an iCCP of 50 MB', 'PROCESSED', async () => holding(chunk('iCCP', text('icc\0\0', inflating())))),
  png('an iCCP that is no profile', 'PROCESSED', async () =>
    holding(chunk('iCCP', text('icc\0\0', deflateSync(Buffer.from('no profile'))))),
  ),
  png('an IDAT of 50 MB for 64×48', 'PROCESSED', () =>
    Buffer.concat([PNG_SIGNATURE, header(64, 48), chunk('IDAT', inflating()), chunk('IEND')]),
  ),
  png('50,000 text chunks', 'PROCESSED', async () =>
    holding(...Array<Buffer>(50_000).fill(chunk('tEXt', text('Author\0', Buffer.from('Ada Byron'))))),
  ),
  png('10,000 frames behind the first', 'PROCESSED', () => animated(10_000)),
  png('24 megapixels of 16 bit with alpha, interlaced and turned', 'PROCESSED', () =>
    sharp({ create: { width: 6000, height: 4000, channels: 4, background: '#00808080' } })
      .toColourspace('rgb16')
      .withMetadata({ orientation: 6 })
      .png({ progressive: true, compressionLevel: 1 })
      .toBuffer(),
  ),
  png('16 bit', 'PROCESSED', async () =>
    sharp(await photograph(400, 300))
      .toColourspace('rgb16')
      .png()
      .toBuffer(),
  ),
  png('a palette, interlaced', 'PROCESSED', async () =>
    sharp(await photograph(400, 300))
      .png({ palette: true, colours: 9, progressive: true })
      .toBuffer(),
  ),
  png('a palette without its colours', 'BROKEN', () => file(header(8, 8, 8, 3), Buffer.alloc(72))),
  png('a header with a wrong sum', 'BROKEN', () => damaged((bytes) => bytes.writeUInt32BE(1, 29))),
  png('pixels that are noise', 'TRUNCATED', () =>
    Buffer.concat([PNG_SIGNATURE, header(64, 48), chunk('IDAT', Buffer.alloc(999, 'noise')), chunk('IEND')]),
  ),
  png('a chunk of 4 GB by its length', 'BROKEN', () =>
    damaged((bytes) => bytes.writeUInt32BE(2 ** 32 - 1, HEAD)),
  ),
  png('a script in its text', 'PROCESSED', async () =>
    holding(
      chunk('tEXt', text('Comment\0', Buffer.from('<?php system($_GET[0]); ?><script>alert(1)</script>'))),
    ),
  ),
  png('its signature and no more', 'BROKEN', () => PNG_SIGNATURE),
  png('its signature before a JPEG', 'BROKEN', async () =>
    Buffer.concat([PNG_SIGNATURE, await photograph(40, 30)]),
  ),
];
