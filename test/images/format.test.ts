import sharp from 'sharp';
import { formatOf } from '../../services/images/domain/format';
import { PNG_SIGNATURE } from './support/corpus/png';
import { photograph } from './support/pictures';

test('each format that may be uploaded is known by its first bytes', async () => {
  const photo = sharp(await photograph(40, 30));
  expect(formatOf(await photo.clone().jpeg().toBuffer())).toBe('image/jpeg');
  expect(formatOf(await photo.clone().png().toBuffer())).toBe('image/png');
  expect(formatOf(await photo.clone().webp().toBuffer())).toBe('image/webp');
  expect(formatOf(await photo.clone().avif({ effort: 0 }).toBuffer())).toBe('image/avif');
});

test('a brand that stands among the compatible ones is seen too', () => {
  expect(formatOf(Buffer.from('\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf', 'latin1'))).toBe('image/avif');
});

test.each([
  ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['SVGZ', '\x1f\x8b\x08'],
  ['HTML', '<!doctype html>'],
  ['PDF', '%PDF-1.7'],
  ['GIF', 'GIF89a'],
  ['GIF with a script', 'GIF89a/*'],
  ['TIFF', 'II*\0'],
  ['zip', 'PK\x03\x04'],
  ['HEIC', '\0\0\0\x18ftypheic\0\0\0\0mif1heic'],
  ['a video', '\0\0\0\x18ftypisom\0\0\0\0isomavc1'],
  ['WAV', 'RIFF\0\0\0\0WAVE'],
  ['the first half of a signature', PNG_SIGNATURE.subarray(0, 4).toString('latin1')],
  ['nothing', ''],
  ['a JPEG behind a blank', ' \xff\xd8\xff'],
])('%s is none of them', (_what, text) => {
  expect(formatOf(Buffer.from(text, 'latin1'))).toBeUndefined();
});
