import sharp from 'sharp';
import { SharpRenderer } from '../../services/images/adapters/sharp-renderer';
import type { ContentType } from '../../services/images/domain/image';
import type { Rendered } from '../../services/images/ports/files';
import { photograph, quarters } from './support/pictures';

// Decoding 24 megapixels takes a second, and several on a machine with other work.
jest.setTimeout(30_000);

const renderer = new SharpRenderer();

async function rendered(bytes: Uint8Array, type: ContentType = 'image/jpeg'): Promise<Rendered> {
  const result = await renderer.render(bytes, type);
  if ('rejected' in result) throw new Error(result.rejected);
  return result;
}

const file = async (bytes: Uint8Array, name: string, type?: ContentType): Promise<Buffer> =>
  Buffer.from((await rendered(bytes, type)).files.get(name) as Uint8Array);

async function pixel(picture: Buffer, x: number, y: number): Promise<number[]> {
  const { data, info } = await sharp(picture).raw().toBuffer({ resolveWithObject: true });
  const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
  return [...data.subarray(at, at + 3)];
}

const near = (wanted: number[]) => wanted.map((value) => expect.closeTo(value, -1.7));

test('a photograph becomes large and small, each as JPEG and WebP, with what is known of them', async () => {
  const { picture, files } = await rendered(await photograph(1600, 1200));
  expect(picture).toMatchObject({
    width: 1600,
    height: 1200,
    dominantColor: expect.stringMatching(/^#[0-9a-f]{6}$/),
  });
  expect(picture.thumbnails.map(({ file, type, width, height }) => [file, type, width, height])).toEqual([
    ['large.jpg', 'image/jpeg', 800, 600],
    ['large.webp', 'image/webp', 800, 600],
    ['small.jpg', 'image/jpeg', 200, 200],
    ['small.webp', 'image/webp', 200, 200],
  ]);
  for (const { file, type, width, height, bytes } of picture.thumbnails) {
    const made = await sharp(files.get(file)).metadata();
    expect([`image/${made.format}`, made.width, made.height]).toEqual([type, width, height]);
    expect(files.get(file)?.length).toBe(bytes);
  }
});

test.each([
  [1500, 500, 800, 267],
  [400, 1200, 200, 600],
  [300, 200, 300, 200],
  [1, 1, 1, 1],
])('of %i×%i the large one is %i×%i: all of it, and never larger', async (width, height, w, h) => {
  const { picture } = await rendered(await photograph(width, height));
  expect(picture.thumbnails[0]).toMatchObject({ width: w, height: h });
  expect(picture.thumbnails[2]).toMatchObject({ width: 200, height: 200 });
});

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'orientation %i of EXIF is applied, and nothing of EXIF is left',
  async (orientation) => {
    const bytes = await quarters(orientation);
    expect((await sharp(bytes).metadata()).orientation).toBe(orientation);
    const { picture, files } = await rendered(bytes);
    expect(picture).toMatchObject({ width: 400, height: 300 });
    const large = Buffer.from(files.get('large.jpg') as Uint8Array);
    expect(await pixel(large, 0.25, 0.25)).toEqual(near([255, 0, 0]));
    expect(await pixel(large, 0.75, 0.25)).toEqual(near([0, 255, 0]));
    expect(await pixel(large, 0.25, 0.75)).toEqual(near([0, 0, 255]));
    expect(await pixel(large, 0.75, 0.75)).toEqual(near([255, 255, 0]));
    for (const made of files.values()) {
      const { exif, icc, xmp, iptc, orientation: left } = await sharp(made).metadata();
      expect([exif, icc, xmp, iptc, left]).toEqual([undefined, undefined, undefined, undefined, undefined]);
      expect(Buffer.from(made).includes('Ada')).toBe(false);
    }
  },
);

test('a transparent PNG stands on white', async () => {
  const clear = { r: 0, g: 0, b: 0, alpha: 0 };
  const png = await sharp({ create: { width: 40, height: 30, channels: 4, background: clear } })
    .png()
    .toBuffer();
  expect(await pixel(await file(png, 'large.jpg', 'image/png'), 0.5, 0.5)).toEqual([255, 255, 255]);
});

test('CMYK, 16 bit, grey and AVIF come out as sRGB', async () => {
  const photo = sharp(await photograph(400, 300));
  const kinds: [ContentType, Buffer][] = [
    ['image/jpeg', await photo.clone().toColourspace('cmyk').jpeg().toBuffer()],
    ['image/png', await photo.clone().toColourspace('rgb16').png().toBuffer()],
    ['image/jpeg', await photo.clone().greyscale().jpeg().toBuffer()],
    ['image/webp', await photo.clone().webp({ lossless: true }).toBuffer()],
    ['image/avif', await photo.clone().avif({ effort: 0 }).toBuffer()],
  ];
  for (const [type, bytes] of kinds) {
    const made = await sharp(await file(bytes, 'large.jpg', type)).metadata();
    expect(made).toMatchObject({ space: 'srgb', channels: 3, depth: 'uchar', width: 400, height: 300 });
  }
});

test('of an animation the first frame is taken, however many follow', async () => {
  const frame = (background: string) =>
    sharp({ create: { width: 60, height: 40, channels: 3, background } })
      .png()
      .toBuffer();
  const frames = await Promise.all(['red', 'blue', 'lime'].map(frame));
  const webp = await sharp(frames, { join: { animated: true } })
    .webp({ lossless: true })
    .toBuffer();
  expect((await sharp(webp).metadata()).pages).toBe(3);
  expect(await pixel(await file(webp, 'large.jpg', 'image/webp'), 0.5, 0.5)).toEqual(near([255, 0, 0]));
});
