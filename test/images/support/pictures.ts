import sharp from 'sharp';

/** Painted at most so wide and then enlarged, since it is painted pixel by pixel. */
const CANVAS = 320;

/** Something like a photograph: a horizon, a sun, and the noise of a sensor. */
export function photograph(width: number, height: number): Promise<Buffer> {
  const scale = Math.min(1, CANVAS / Math.max(width, height));
  const [across, down] = [Math.ceil(width * scale), Math.ceil(height * scale)];
  const data = Buffer.alloc(across * down * 3);
  let seed = 7;
  for (let y = 0; y < down; y += 1) {
    for (let x = 0; x < across; x += 1) {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      const noise = ((seed >>> 24) % 12) - 6;
      const sun = Math.hypot(x - across * 0.7, y - down * 0.3) < down * 0.12;
      const ground = y < down * 0.6 ? [90 + (y * 90) / down, 150, 220] : [70, 120, 60];
      const colour = sun ? [244, 230, 120] : ground;
      data.set(
        colour.map((value) => value + noise),
        (y * across + x) * 3,
      );
    }
  }
  return sharp(data, { raw: { width: across, height: down, channels: 3 } })
    .resize({ width, height, fit: 'fill' })
    .jpeg({ quality: 90 })
    .toBuffer();
}

const COLOURS = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [255, 255, 0],
];

/** Where a stored pixel is looked at, by EXIF orientation: what its row 0 and its column 0 show. */
const SEEN: Record<number, (x: number, y: number, width: number, height: number) => [number, number]> = {
  1: (x, y) => [x, y],
  2: (x, y, width) => [width - 1 - x, y],
  3: (x, y, width, height) => [width - 1 - x, height - 1 - y],
  4: (x, y, _width, height) => [x, height - 1 - y],
  5: (x, y) => [y, x],
  6: (x, y, width) => [width - 1 - y, x],
  7: (x, y, width, height) => [width - 1 - y, height - 1 - x],
  8: (x, y, _width, height) => [y, height - 1 - x],
};

/** 400×300, red and green above blue and yellow as it is looked at; stored under an EXIF orientation, with a name in it. */
export function quarters(orientation: number): Promise<Buffer> {
  const [width, height] = [400, 300];
  const stored = orientation > 4 ? { width: height, height: width } : { width, height };
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < stored.height; y += 1) {
    for (let x = 0; x < stored.width; x += 1) {
      const [left, top] = SEEN[orientation]?.(x, y, width, height) ?? [0, 0];
      const quarter = (top < height / 2 ? 0 : 2) + (left < width / 2 ? 0 : 1);
      data.set(COLOURS[quarter] ?? [], (y * stored.width + x) * 3);
    }
  }
  return sharp(data, { raw: { ...stored, channels: 3 } })
    .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
    .withMetadata({ orientation })
    .withExifMerge({ IFD0: { Artist: 'Ada', Copyright: 'Ada' }, IFD3: { GPSLatitude: '52/1 31/1 0/1' } })
    .toBuffer();
}
