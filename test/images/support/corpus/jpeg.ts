import { deflateRawSync } from 'node:zlib';
import sharp from 'sharp';
import { photograph, quarters } from '../pictures';
import type { CorpusFile } from './file';
import {
  APP1,
  COMMENT,
  changed,
  exif,
  FRAME,
  find,
  HUFFMAN,
  holding,
  LONG,
  ORIENTATION,
  profile,
  QUANTIZATION,
  SHORT,
  SUB_DIRECTORY,
  saying,
  scans,
  segment,
  small,
} from './jpeg-parts';
import { zip } from './strangers';

const jpeg = (name: string, verdict: CorpusFile['verdict'], bytes: CorpusFile['bytes']): CorpusFile => ({
  name,
  type: 'image/jpeg',
  verdict,
  bytes,
});

const PROCESSED = 'PROCESSED';

export const jpegs: CorpusFile[] = [
  jpeg('65500×65500 by its header', 'TOO_MANY_PIXELS', () => saying(65_500, 65_500)),
  // An end that comes too early is a warning to the decoder; what is missing is grey.
  jpeg('5000×4000 by its header, and pixels for 64×48', PROCESSED, () => saying(5000, 4000)),
  jpeg('0×0', 'BROKEN', () => saying(0, 0)),
  { ...jpeg('882 scans over 23 megapixels', 'TOO_COMPLEX', scans), seconds: 2 },
  jpeg('a profile of 8 MB that is none', PROCESSED, () => holding(...profile())),
  jpeg('9 MB of comments', PROCESSED, () =>
    holding(...Array<Buffer>(140).fill(segment(COMMENT, Buffer.alloc(65_000, 'Ada Byron ')))),
  ),
  jpeg('EXIF whose directory is its own next', PROCESSED, () =>
    holding(exif([[ORIENTATION, SHORT, 1, 1]], 8)),
  ),
  jpeg('EXIF whose directory is within itself', PROCESSED, () =>
    holding(exif([[SUB_DIRECTORY, LONG, 1, 8]])),
  ),
  jpeg('EXIF that says it has 4 G entries', PROCESSED, () =>
    holding(exif([[ORIENTATION, LONG, 2 ** 32 - 1, 8]])),
  ),
  jpeg('EXIF that points behind its end', PROCESSED, () => holding(exif([[0x013b, 2, 60_000, 2 ** 31]]))),
  jpeg('an orientation of 99', PROCESSED, () => holding(exif([[ORIENTATION, SHORT, 1, 99]]))),
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((orientation) =>
    jpeg(`orientation ${orientation}, with a name and a place`, PROCESSED, () => quarters(orientation)),
  ),
  jpeg('XMP with a name', PROCESSED, () =>
    holding(
      segment(
        APP1,
        Buffer.from('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><dc:creator>Ada Byron</dc:creator>'),
      ),
    ),
  ),
  jpeg('CMYK', PROCESSED, async () =>
    sharp(await photograph(400, 300))
      .toColourspace('cmyk')
      .jpeg()
      .toBuffer(),
  ),
  jpeg('grey', PROCESSED, async () =>
    sharp(await photograph(400, 300))
      .greyscale()
      .jpeg()
      .toBuffer(),
  ),
  jpeg('a zip behind it', PROCESSED, async () => Buffer.concat([await small(), zip()])),
  jpeg('a page behind it', PROCESSED, async () =>
    Buffer.concat([await small(), Buffer.from('<html><script>alert("Ada Byron")</script>')]),
  ),
  jpeg('a script in its comment', PROCESSED, () =>
    holding(
      segment(COMMENT, Buffer.from('*/=alert(1);/*<script>alert(1)</script><?php system($_GET[0]); ?>')),
    ),
  ),
  jpeg('a zip in its comment', PROCESSED, () => holding(segment(COMMENT, zip()))),
  ...[0.3, 0.6, 0.95].map((part) =>
    jpeg(`${part * 100} % of one`, 'TRUNCATED', async () => {
      const photo = await photograph(800, 600);
      return photo.subarray(0, photo.length * part);
    }),
  ),
  jpeg('its signature and no more', 'TRUNCATED', () => Buffer.from([0xff, 0xd8, 0xff])),
  jpeg('its signature before noise', 'TRUNCATED', () =>
    Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), deflateRawSync(Buffer.alloc(99_999, 'noise'))]),
  ),
  jpeg('its signature before a program', 'BROKEN', () => Buffer.from('\xff\xd8\xffMZ\x90\0\x03', 'latin1')),
  jpeg('a frame of 255 components', 'BROKEN', () =>
    changed((bytes) => void bytes.fill(255, find(bytes, ...FRAME) + 9, find(bytes, ...FRAME) + 10)),
  ),
  jpeg('a broken Huffman table', 'BROKEN', () =>
    changed((bytes) => void bytes.fill(255, find(bytes, HUFFMAN) + 5, find(bytes, HUFFMAN) + 21)),
  ),
  jpeg('no quantization table', 'BROKEN', async () => {
    const whole = await small();
    const [from, to] = [find(whole, QUANTIZATION), find(whole, ...FRAME)];
    return Buffer.concat([whole.subarray(0, from), whole.subarray(to)]);
  }),
];
