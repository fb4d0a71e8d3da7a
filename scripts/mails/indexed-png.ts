import { crc32, deflateSync } from 'node:zlib';

/** A picture of few colours is a third of the size with a palette, and the pictures lie in the repository. */
const PALETTE = 256;

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
};

/** Five bits a channel are enough for flat colours and the edges of letters. */
const rounded = (r: number, g: number, b: number): number => ((r >> 3) << 10) | ((g >> 3) << 5) | (b >> 3);

interface Swatch {
  count: number;
  rgb: [number, number, number];
}

/** The most frequent colours; each keeps the first exact colour seen, so that large areas stay as they were. */
function paletteOf(rgba: Uint8Array): Map<number, Swatch> {
  const swatches = new Map<number, Swatch>();
  for (let at = 0; at < rgba.length; at += 4) {
    const [r = 0, g = 0, b = 0] = rgba.subarray(at, at + 3);
    const key = rounded(r, g, b);
    const swatch = swatches.get(key) ?? { count: 0, rgb: [r, g, b] };
    swatch.count += 1;
    swatches.set(key, swatch);
  }
  return new Map([...swatches].sort(([, a], [, b]) => b.count - a.count).slice(0, PALETTE));
}

const distance = ([r, g, b]: Swatch['rgb'], [x, y, z]: Swatch['rgb']): number =>
  (r - x) ** 2 + (g - y) ** 2 + (b - z) ** 2;

function nearest(colours: Swatch['rgb'][], rgb: Swatch['rgb']): number {
  let best = 0;
  for (const [index, colour] of colours.entries()) {
    if (distance(colour, rgb) < distance(colours[best] ?? colour, rgb)) best = index;
  }
  return best;
}

/** An indexed-colour PNG of raw pixels: https://www.w3.org/TR/png-3/#11IHDR */
export function indexedPng(rgba: Uint8Array, width: number, height: number): Buffer {
  const palette = paletteOf(rgba);
  const colours = [...palette.values()].map(({ rgb }) => rgb);
  const indexOf = new Map([...palette.keys()].map((key, index) => [key, index]));
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4;
      const [r = 0, g = 0, b = 0] = rgba.subarray(at, at + 3);
      const key = rounded(r, g, b);
      const index = indexOf.get(key) ?? nearest(colours, [r, g, b]);
      indexOf.set(key, index);
      rows[y * (width + 1) + 1 + x] = index;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(colours.flat())),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
