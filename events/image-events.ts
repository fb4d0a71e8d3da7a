import Joi from 'joi';
import type { EventContract } from './envelope';

const SOURCE = '/images';

const id = () => Joi.string().min(1).max(64);
const pixels = () => Joi.number().integer().min(1).max(100_000);

/** One file of a picture, as a product shows it. */
export interface ImageFile {
  url: string;
  width: number;
  height: number;
  type: string;
  bytes: number;
}

export interface ImageProcessed {
  productId: string;
  imageId: string;
  /** Of the upload, the right way up. */
  width: number;
  height: number;
  dominantColor: string;
  files: ImageFile[];
}

/** A product has a picture more: replaces what was told of the same image before. */
export const imageProcessed: EventContract<'image.processed', ImageProcessed> = {
  type: 'image.processed',
  version: 1,
  source: SOURCE,
  data: Joi.object<ImageProcessed, true>({
    productId: id(),
    imageId: id(),
    width: pixels(),
    height: pixels(),
    dominantColor: Joi.string().pattern(/^#[0-9a-f]{6}$/),
    files: Joi.array()
      .items(
        Joi.object<ImageFile, true>({
          url: Joi.string().min(1).max(500),
          width: pixels(),
          height: pixels(),
          type: Joi.string().min(1).max(40),
          bytes: Joi.number().integer().min(1),
        }),
      )
      .min(1)
      .max(10),
  }),
};

export interface ImageRejected {
  productId: string;
  imageId: string;
  /** Such as TOO_MANY_PIXELS, NOT_AN_IMAGE, TRUNCATED. */
  reason: string;
}

/** An upload became no picture. */
export const imageRejected: EventContract<'image.rejected', ImageRejected> = {
  type: 'image.rejected',
  version: 1,
  source: SOURCE,
  data: Joi.object<ImageRejected, true>({
    productId: id(),
    imageId: id(),
    reason: Joi.string().pattern(/^[A-Z_]{1,40}$/),
  }),
};

export const imageEvents = [imageProcessed, imageRejected] as const;
