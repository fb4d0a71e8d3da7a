/** `inside` keeps the whole picture and never enlarges it; `cover` fills the square, cut around the centre. */
export const SIZES = [
  { name: 'large', width: 800, height: 600, fit: 'inside' },
  { name: 'small', width: 200, height: 200, fit: 'cover' },
] as const;

export const ENCODINGS = [
  { extension: 'jpg', type: 'image/jpeg' },
  { extension: 'webp', type: 'image/webp' },
] as const;

export type Encoding = (typeof ENCODINGS)[number];
export type Size = (typeof SIZES)[number];

export const QUALITY = 80;

export const fileName = (size: Size, { extension }: Encoding): string => `${size.name}.${extension}`;

/** Every file there is of a picture, and its media type. */
export const FILES: Readonly<Record<string, string>> = Object.fromEntries(
  SIZES.flatMap((size) => ENCODINGS.map((encoding) => [fileName(size, encoding), encoding.type])),
);
