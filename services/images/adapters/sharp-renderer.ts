import sharp, { type Metadata, type Sharp } from 'sharp';
import { type ContentType, MAX_PIXELS, type RejectionReason, type Thumbnail } from '../domain/image';
import { ENCODINGS, type Encoding, fileName, QUALITY, SIZES } from '../domain/thumbnails';
import type { Rendered, Renderer } from '../ports/files';

// One picture at a time, and nothing of it kept: the memory of a function is what one picture needs.
sharp.concurrency(1);
sharp.cache(false);

// Of the many formats that libvips reads (SVG, PDF and raw bytes among them), those that may be uploaded.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp', 'VipsForeignLoadHeif'],
});

/** Of the function's 30: the rest is for reading and storing. */
const SECONDS = 15;

const WHITE = '#ffffff';

/** libvips says it in words alone. */
const REASONS: [RegExp, RejectionReason][] = [
  [/pixel limit|too (large|big)|exceeds? (the )?(limit|maximum)/i, 'TOO_MANY_PIXELS'],
  [/timeout/i, 'TOO_COMPLEX'],
  [
    /premature end|truncated|unexpected end|end of (stream|file|data)|read error|not enough data/i,
    'TRUNCATED',
  ],
];

const reasonOf = (error: unknown): RejectionReason =>
  REASONS.find(([words]) => words.test((error as Error).message))?.[1] ?? 'BROKEN';

/** What every decoder of ours is held to; of an animation the first frame. */
const open = (bytes: Uint8Array): Sharp =>
  sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error', sequentialRead: true, pages: 1 });

interface Raw {
  data: Buffer;
  info: { width: number; height: number; channels: 3 };
}

export class SharpRenderer implements Renderer {
  constructor(private readonly seconds = SECONDS) {}

  async render(bytes: Uint8Array, type: ContentType): Promise<Rendered | { rejected: RejectionReason }> {
    try {
      const found = await open(bytes).metadata();
      if (formatOf(found) !== type) return { rejected: 'TYPE_MISMATCH' };
      // Of the header alone, before a pixel is decoded.
      if (found.width * found.height > MAX_PIXELS) return { rejected: 'TOO_MANY_PIXELS' };
      return await encodeAll(await decode(bytes, this.seconds), uprightSize(found));
    } catch (error) {
      return { rejected: reasonOf(error) };
    }
  }
}

/** `heif` is the family; AVIF is told by its codec. */
const formatOf = ({ format, compression }: Metadata): string =>
  format === 'heif' && compression === 'av1' ? 'image/avif' : `image/${format}`;

/** Orientations 5 to 8 of EXIF lie on their side. */
const uprightSize = ({ width, height, orientation = 1 }: Metadata): { width: number; height: number } =>
  orientation > 4 ? { width: height, height: width } : { width, height };

/** Decoded once, to the largest size there is: every file is made of these at most 800×600 pixels. */
async function decode(bytes: Uint8Array, seconds: number): Promise<Raw> {
  const [{ width, height, fit }] = SIZES;
  const { data, info } = await open(bytes)
    .timeout({ seconds })
    .autoOrient()
    .resize({ width, height, fit, withoutEnlargement: true })
    .flatten({ background: WHITE })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, info: { width: info.width, height: info.height, channels: 3 } };
}

const again = ({ data, info }: Raw): Sharp => sharp(data, { raw: info });

async function encodeAll(large: Raw, upright: { width: number; height: number }): Promise<Rendered> {
  const files = new Map<string, Uint8Array>();
  const thumbnails: Thumbnail[] = [];
  for (const size of SIZES) {
    const { width, height, fit } = size;
    for (const encoding of ENCODINGS) {
      const resized = again(large).resize({ width, height, fit, withoutEnlargement: fit === 'inside' });
      const { data, info } = await encoded(resized, encoding).toBuffer({ resolveWithObject: true });
      const file = fileName(size, encoding);
      files.set(file, data);
      thumbnails.push({
        file,
        type: encoding.type,
        width: info.width,
        height: info.height,
        bytes: info.size,
      });
    }
  }
  return { files, picture: { ...upright, dominantColor: await dominantColor(large), thumbnails } };
}

const encoded = (picture: Sharp, { extension }: Encoding): Sharp =>
  extension === 'jpg'
    ? picture.jpeg({ quality: QUALITY, progressive: true })
    : picture.webp({ quality: QUALITY });

async function dominantColor(large: Raw): Promise<string> {
  const { dominant } = await again(large).stats();
  const hex = (value: number) => Math.round(value).toString(16).padStart(2, '0');
  return `#${hex(dominant.r)}${hex(dominant.g)}${hex(dominant.b)}`;
}
