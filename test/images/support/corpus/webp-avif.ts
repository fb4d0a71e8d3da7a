import sharp from 'sharp';
import { photograph } from '../pictures';
import type { CorpusFile } from './file';

const photo = async () => sharp(await photograph(64, 48));
const webp = async () => (await photo()).webp().toBuffer();
const avif = async () => (await photo()).avif({ effort: 0 }).toBuffer();

/** https://developers.google.com/speed/webp/docs/riff_container: four letters, the length, the data, even. */
const part = (name: string, data: Buffer): Buffer => {
  const head = Buffer.from(`${name}\0\0\0\0`, 'latin1');
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
};

const riff = (...parts: Buffer[]): Buffer => part('RIFF', Buffer.concat([Buffer.from('WEBP'), ...parts]));

const ANIMATED = 0x02;
const WITH_EXIF = 0x08;
const SMALLEST = 7;

/** Flags, then the canvas less one, three bytes each. */
const extended = (flags: number, width: number, height: number): Buffer => {
  const data = Buffer.alloc(10);
  data[0] = flags;
  data.writeUIntLE(width - 1, 4, 3);
  data.writeUIntLE(height - 1, 7, 3);
  return part('VP8X', data);
};

/** The picture itself, as it lies in a file of one. */
const bitstream = (file: Buffer): Buffer => file.subarray(12);

async function animation(count: number, [width, height]: [number, number] = [64, 48]): Promise<Buffer> {
  const still = bitstream(await (await photo()).resize(8, 6).webp({ lossless: true }).toBuffer());
  const control = Buffer.alloc(16);
  control[6] = SMALLEST;
  control[9] = 5;
  const frame = part('ANMF', Buffer.concat([control, still]));
  return riff(
    extended(ANIMATED, width, height),
    part('ANIM', Buffer.alloc(6)),
    ...Array<Buffer>(count).fill(frame),
  );
}

const changed = async (made: Promise<Buffer>, change: (bytes: Buffer) => void): Promise<Buffer> => {
  const bytes = await made;
  change(bytes);
  return bytes;
};

/** Puts other bytes of the same length wherever these stand. */
const replaced = (made: Promise<Buffer>, ...pairs: [from: string, to: string][]): Promise<Buffer> =>
  changed(made, (bytes) => {
    for (const [from, to] of pairs)
      for (let at = bytes.indexOf(from, 0, 'latin1'); at >= 0; at = bytes.indexOf(from, at + 1, 'latin1'))
        bytes.write(to, at, 'latin1');
  });

/** A HEIC file in all its boxes, with a coding inside that is none. */
export const heic = (): Promise<Buffer> =>
  replaced(avif(), ['avif', 'heic'], ['av01', 'hvc1'], ['av1C', 'hvcC']);

const cut = async (made: Promise<Buffer>, share: number): Promise<Buffer> => {
  const bytes = await made;
  return bytes.subarray(0, bytes.length * share);
};

const of =
  (type: CorpusFile['type']) =>
  (name: string, verdict: CorpusFile['verdict'], bytes: CorpusFile['bytes']): CorpusFile => ({
    ...{ name, type, verdict, bytes },
  });
const asWebp = of('image/webp');
const asAvif = of('image/avif');

export const webps: CorpusFile[] = [
  asWebp('an animation of 10,000 frames', 'PROCESSED', () => animation(10_000)),
  asWebp('an animation on 16383×16383', 'TOO_MANY_PIXELS', () => animation(3, [16_383, 16_383])),
  asWebp('16383×16383 by its header', 'TOO_MANY_PIXELS', () =>
    changed(webp(), (bytes) => bytes.writeUInt32LE(0x3fff3fff, 26)),
  ),
  asWebp('16777216×16777216 by its canvas', 'BROKEN', async () =>
    riff(extended(0, 2 ** 24, 2 ** 24), bitstream(await webp())),
  ),
  asWebp('lossless with alpha', 'PROCESSED', async () =>
    (await photo()).ensureAlpha(0.5).webp({ lossless: true }).toBuffer(),
  ),
  asWebp('EXIF with a name and a place', 'PROCESSED', async () =>
    (await photo())
      .withExif({ IFD0: { Artist: 'Ada Byron' }, IFD3: { GPSLatitude: '52/1 31/1 0/1' } })
      .webp()
      .toBuffer(),
  ),
  asWebp('EXIF of 9 MB that is none', 'PROCESSED', async () =>
    riff(
      extended(WITH_EXIF, 64, 48),
      bitstream(await webp()),
      part('EXIF', Buffer.alloc(9_000_000, 'Ada Byron ')),
    ),
  ),
  asWebp('a script behind it', 'PROCESSED', async () =>
    Buffer.concat([await webp(), Buffer.from('<script>alert(1)</script>')]),
  ),
  asWebp('a length of 4 GB', 'BROKEN', () => changed(webp(), (bytes) => bytes.writeUInt32LE(2 ** 32 - 2, 4))),
  asWebp('no picture within', 'BROKEN', () => riff(part('EXIF', Buffer.from('Ada Byron')))),
  asWebp('its signature and no more', 'BROKEN', () => riff()),
  ...[0.1, 0.5, 0.9].map((share) => asWebp(`${share * 100} % of one`, 'BROKEN', () => cut(webp(), share))),
];

export const avifs: CorpusFile[] = [
  asAvif('with alpha', 'PROCESSED', async () =>
    (await photo()).ensureAlpha(0.5).avif({ effort: 0, chromaSubsampling: '4:4:4' }).toBuffer(),
  ),
  asAvif('60000×60000 by its header', 'TOO_MANY_PIXELS', () =>
    changed(avif(), (bytes) => {
      const at = bytes.indexOf('ispe') + 8;
      bytes.writeUInt32BE(60_000, at);
      bytes.writeUInt32BE(60_000, at + 4);
    }),
  ),
  asAvif('a HEIC that calls itself AVIF', 'TRUNCATED', () =>
    replaced(avif(), ['av01', 'hvc1'], ['av1C', 'hvcC']),
  ),
  asAvif('a box that is as long as 4 GB', 'TRUNCATED', () =>
    changed(avif(), (bytes) => bytes.writeUInt32BE(2 ** 32 - 1, bytes.indexOf('iprp') - 4)),
  ),
  asAvif('a box that is shorter than its head', 'TRUNCATED', () =>
    changed(avif(), (bytes) => bytes.writeUInt32BE(1, bytes.indexOf('iloc') - 4)),
  ),
  asAvif('pixels that are noise', 'BROKEN', () =>
    changed(avif(), (bytes) => void bytes.fill('noise', bytes.indexOf('mdat') + 4)),
  ),
  asAvif('a sequence that is none', 'BROKEN', () => replaced(avif(), ['avif', 'avis'], ['pict', 'vide'])),
  asAvif('its signature and no more', 'BROKEN', () =>
    Buffer.from('\0\0\0\x14ftypavif\0\0\0\0avif', 'latin1'),
  ),
  asAvif('a tenth of one', 'BROKEN', () => cut(avif(), 0.1)),
  ...[0.5, 0.9].map((share) => asAvif(`${share * 100} % of one`, 'TRUNCATED', () => cut(avif(), share))),
];
