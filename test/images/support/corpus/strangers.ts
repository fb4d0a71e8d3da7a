import { crc32, gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { photograph } from '../pictures';
import type { CorpusFile } from './file';
import { heic } from './webp-avif';

const SVG = 'xmlns="http://www.w3.org/2000/svg" width="9" height="9"';

/** Each group shows the one before ten times: 10⁹ rectangles in 900 bytes. */
const laughs = (): string => {
  const groups = Array.from(
    { length: 9 },
    (_, n) => `<g id="g${n + 1}">${`<use href="#g${n}"/>`.repeat(10)}</g>`,
  );
  return `<svg ${SVG}><defs><g id="g0"><rect width="9" height="9"/></g>${groups.join('')}</defs><use href="#g9"/></svg>`;
};

/** https://www.w3.org/Graphics/GIF/spec-gif89a.txt: one frame of one pixel, so often. */
const gif = (frames: number, head = 'GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff'): Buffer => {
  const frame = '\x21\xf9\x04\0\x01\0\0\0\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0';
  return Buffer.from(`${head}${frame.repeat(frames)};`, 'latin1');
};

/** A script whose first word is the signature: the comment that follows hides the picture from it. */
const gifScript = (): Buffer =>
  Buffer.concat([gif(1, 'GIF89a/*\x01\0\x80\0\0\0\0\0\xff\xff\xff'), Buffer.from('*/=1;alert(1)')]);

/** One stored file, its entry and the end: enough for every unzip. */
export function zip(name = 'evil.html', content = '<script>alert("Ada Byron")</script>'): Buffer {
  const [file, data] = [Buffer.from(name), Buffer.from(content)];
  const facts = Buffer.alloc(22);
  facts.writeUInt32LE(crc32(data), 10);
  facts.writeUInt32LE(data.length, 14);
  facts.writeUInt32LE(data.length, 18);
  const lengths = Buffer.from([file.length, 0, 0, 0]);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), facts, lengths, file, data]);
  const entry = Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), facts, lengths, Buffer.alloc(14), file]);
  const end = Buffer.alloc(18);
  end.set([1, 0, 1, 0], 4);
  end.writeUInt32LE(entry.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, entry, Buffer.from('PK\x05\x06'), end]);
}

const stranger = (
  name: string,
  bytes: CorpusFile['bytes'] | string,
  verdict: CorpusFile['verdict'] = 'NOT_AN_IMAGE',
): CorpusFile => ({
  ...{ name, type: 'image/jpeg', verdict },
  bytes: typeof bytes === 'string' ? () => Buffer.from(bytes, 'latin1') : bytes,
});

/** Of no format that may be uploaded: never opened, whatever they say they are. */
export const strangers: CorpusFile[] = [
  stranger('an SVG with a script', `<svg ${SVG} onload="alert(1)"><script>alert(1)</script></svg>`),
  stranger(
    'an SVG that reads a file',
    `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg ${SVG}><text>&x;</text></svg>`,
  ),
  stranger(
    'an SVG that fetches',
    `<svg ${SVG}><image href="http://169.254.169.254/latest/meta-data/"/></svg>`,
  ),
  stranger('an SVG of 10⁹ rectangles', laughs()),
  stranger('the same as SVGZ', () => gzipSync(laughs())),
  stranger('an SVGZ of 50 MB', () => gzipSync(`<svg ${SVG}>${' '.repeat(50_000_000)}</svg>`)),
  stranger('a GIF', async () =>
    sharp(await photograph(64, 48))
      .gif()
      .toBuffer(),
  ),
  stranger('a GIF of 10,000 frames', () => gif(10_000)),
  stranger('a GIF of 65535×65535', () => gif(1, 'GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff')),
  stranger('a GIF that is a script', gifScript),
  stranger('a HEIC', heic),
  stranger('a TIFF', async () =>
    sharp(await photograph(64, 48))
      .tiff()
      .toBuffer(),
  ),
  stranger(
    'a BMP',
    `BM\x3a\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x01\0\0\0\x01\0\0\0\x01\0\x18\0${'\0'.repeat(28)}`,
  ),
  stranger('an icon', `\0\0\x01\0\x01\0\x01\x01\0\0\x01\0\x20\0${'\0'.repeat(50)}`),
  stranger('a JPEG XL', '\xff\x0a\x00\x10'),
  stranger('a JPEG 2000', '\0\0\0\x0cjP  \r\n\x87\n'),
  stranger('a video', `\0\0\0\x18ftypisom\0\0\0\0isomavc1\0\0\0\x08mdat`),
  stranger('a PDF', '%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\ntrailer<<>>'),
  stranger('PostScript', '%!PS-Adobe-3.0\n(/etc/passwd) (r) file'),
  stranger('a script of ImageMagick', 'push graphic-context\nfill \'url(https://example.com/"|ls "-la)\''),
  stranger('a page', '<!doctype html><script>alert(1)</script>'),
  stranger('a zip', () => zip()),
  stranger('a gzip of 50 MB', () => gzipSync(Buffer.alloc(50_000_000))),
  stranger('a program', '\x7fELF\x02\x01\x01'),
  stranger('10 MB of nothing', () => Buffer.alloc(10 * 1024 * 1024)),
  stranger('no byte', ''),
  stranger('one byte', '\xff'),
  stranger('more than 10 MB', () => Buffer.alloc(10 * 1024 * 1024 + 1, 0xff), 'TOO_LARGE'),
];

const made = async () => sharp(await photograph(64, 48));

/** Good pictures under another's name. */
export const misnamed: CorpusFile[] = [
  stranger('a PNG', async () => (await made()).png().toBuffer(), 'TYPE_MISMATCH'),
  stranger('a WebP', async () => (await made()).webp().toBuffer(), 'TYPE_MISMATCH'),
  stranger('an AVIF', async () => (await made()).avif({ effort: 0 }).toBuffer(), 'TYPE_MISMATCH'),
  { ...stranger('a JPEG', async () => (await made()).jpeg().toBuffer(), 'TYPE_MISMATCH'), type: 'image/png' },
];
