import Joi from 'joi';
import { idPattern } from '../../shared/kernel/ids';
import type { Route } from '../../shared/kernel/route';
import { CONTENT_TYPES, type ContentType, MAX_BYTES } from './domain/image';
import { FILES } from './domain/thumbnails';

const PRODUCT = 'prd_01KA000008ENAME1MVG0000000';
const IMAGE = 'img_01KA00000ABCDEFGHJKMNPQRST';
const at = '2026-11-21T12:00:00.000Z';

export interface ProductPath {
  id: string;
}

const productPath = Joi.object<ProductPath, true>({ id: Joi.string().min(1).max(64) });

export interface CreateImageBody {
  contentType: ContentType;
  bytes: number;
  sha256?: string;
}

export const createImageRoute: Route<CreateImageBody, ProductPath> = {
  method: 'POST',
  path: '/products/{id}/images',
  summary: 'Asks for a form to upload a picture of a product with',
  access: 'staff',
  idempotent: true,
  ifMatch: 'optional',
  pathParameters: productPath,
  body: Joi.object<CreateImageBody, true>({
    contentType: Joi.string().valid(...CONTENT_TYPES),
    bytes: Joi.number().integer().min(1).max(MAX_BYTES),
    sha256: Joi.string()
      .pattern(/^[0-9a-fA-F]{64}$/)
      .optional(),
  }),
  bodyExample: { contentType: 'image/jpeg', bytes: 482113 },
  answer: {
    status: 201,
    description:
      'Where to post the file as multipart/form-data: all `fields` first, then the file as `file`. The form takes one file of this type and at most so many bytes, until `expiresAt`. `GET` on the same path says what became of it.',
    schema: 'UploadOffer',
    example: {
      imageId: IMAGE,
      upload: {
        url: 'https://orderly-dev-images.s3.eu-west-1.amazonaws.com/',
        fields: { key: `uploads/${PRODUCT}/${IMAGE}`, 'Content-Type': 'image/jpeg', Policy: 'eyJleHBpcmF0…' },
      },
      expiresAt: at,
    },
  },
  errors: [
    'VALIDATION_FAILED',
    'IDEMPOTENCY_KEY_INVALID',
    'FORBIDDEN',
    'NOT_FOUND',
    'CONFLICT',
    'STALE',
    'BODY_TOO_LARGE',
    'UNSUPPORTED_MEDIA_TYPE',
    'IDEMPOTENCY_KEY_REUSED',
    'UNAVAILABLE',
    'INTERNAL',
  ],
};

export interface ListQuery {
  limit?: number;
  cursor?: string;
}

export const DEFAULT_LIMIT = 20;

export const listImagesRoute: Route<undefined, ProductPath, ListQuery> = {
  method: 'GET',
  path: '/products/{id}/images',
  summary: 'The uploads of a product, newest first, and why one was rejected',
  access: 'staff',
  pathParameters: productPath,
  query: Joi.object<ListQuery, true>({
    limit: Joi.number().integer().min(1).max(100).optional(),
    cursor: Joi.string().min(1).max(300).optional(),
  }),
  answer: {
    status: 200,
    description:
      '`status` is PENDING, PROCESSED or REJECTED, the last with its `reason`: TOO_LARGE, CHECKSUM_MISMATCH, NOT_AN_IMAGE, TYPE_MISMATCH, TOO_MANY_PIXELS, TRUNCATED, BROKEN, TOO_COMPLEX or UNPROCESSABLE.',
    page: 'Image',
    example: {
      items: [
        {
          id: IMAGE,
          status: 'REJECTED',
          contentType: 'image/jpeg',
          bytes: 482113,
          reason: 'TRUNCATED',
          images: [],
          createdAt: at,
          updatedAt: at,
        },
      ],
    },
  },
  errors: ['VALIDATION_FAILED', 'CURSOR_INVALID', 'FORBIDDEN', 'UNAVAILABLE', 'INTERNAL'],
};

export interface PicturePath {
  productId: string;
  imageId: string;
  file: string;
}

export const getImageRoute: Route<undefined, PicturePath, Record<string, never>> = {
  method: 'GET',
  path: '/images/{productId}/{imageId}/{file}',
  summary: 'A picture of a product, at an address that never means another one',
  access: 'public',
  pathParameters: Joi.object<PicturePath, true>({
    productId: Joi.string().pattern(/^[A-Za-z0-9_-]{1,64}$/),
    imageId: Joi.string().pattern(idPattern('img')),
    file: Joi.string().valid(...Object.keys(FILES)),
  }),
  query: Joi.object<Record<string, never>>({}),
  answer: {
    status: 200,
    description:
      'The bytes of the picture: `large` is at most 800×600, `small` is 200×200, each as JPEG and WebP. May be cached for ever.',
    type: 'image/jpeg',
    example: '(bytes)',
  },
  errors: ['VALIDATION_FAILED', 'NOT_FOUND', 'RATE_LIMITED', 'UNAVAILABLE', 'INTERNAL'],
};

export const routes = [createImageRoute, listImagesRoute, getImageRoute] as const;
