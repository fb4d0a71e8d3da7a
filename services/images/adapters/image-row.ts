import Joi from 'joi';
import { PermanentFault } from '../../../shared/kernel/permanent-fault';
import { DAY, epochSeconds } from '../../../shared/kernel/time';
import type { Image } from '../domain/image';

/** `ttl` on what became of nothing; `tries` counts how often decoding began, and who did so last. */
export type ImageRow = Image & { ttl?: number; tries?: number; claimedBy?: string; claimedAt?: number };

/** Uploads nobody made are forgotten after two days: the form is good for minutes. A rejection can be looked at longer. */
const KEPT = { PENDING: 2 * DAY, REJECTED: 30 * DAY };

export const toRow = (image: Image): ImageRow => ({
  ...image,
  ...(image.status === 'PROCESSED'
    ? {}
    : { ttl: epochSeconds(Date.parse(image.updatedAt) + KEPT[image.status]) }),
});

export function fromRow({
  ttl: _ttl,
  tries: _tries,
  claimedBy: _claimedBy,
  claimedAt: _claimedAt,
  ...image
}: ImageRow): Image {
  return image as Image;
}

/** What the event of a verdict needs; a row that lacks it was not written by this service. */
const published = Joi.object({
  id: Joi.string().min(1).max(64),
  productId: Joi.string().min(1).max(64),
  status: Joi.string().valid('PENDING', 'PROCESSED', 'REJECTED'),
  version: Joi.number().integer().min(1),
  updatedAt: Joi.string().pattern(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/),
  correlationId: Joi.string().min(1).max(128),
});

/** The image of a stream record. @throws PermanentFault when it is not an image of ours */
export function readImageRow(row: Record<string, unknown>): Image {
  const { error } = published.validate(row, {
    presence: 'required',
    convert: false,
    abortEarly: false,
    allowUnknown: true,
  });
  if (!error) return fromRow(row as unknown as ImageRow);
  const faults = error.details.map(({ type, path }) => `${path.join('.')} ${type}`).join(', ');
  throw new PermanentFault(`Not an image: ${faults}`);
}
