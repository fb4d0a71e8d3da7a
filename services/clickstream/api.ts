import Joi from 'joi';
import type { Route } from '../../shared/kernel/route';
import { line } from '../../shared/kernel/text';
import { type Click, KINDS } from './domain/click';
import { VIEWS, type View } from './domain/view';

/** Of a session or a click, as clients make them: no place for an e-mail address. */
const ID = /^[A-Za-z0-9_.:-]{1,128}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/** 500 events with the longest of usual ids and paths take 130 KB. */
const MAX_CALL_BYTES = 256 * 1024;

/** What an event has to be to count; each is judged alone, after the call. */
export const clickEvent = Joi.object<Click, true>({
  id: Joi.string().pattern(ID),
  kind: Joi.string().valid(...KINDS),
  page: line(512),
  productId: Joi.string()
    .pattern(/^[A-Za-z0-9_-]{1,64}$/)
    .optional(),
  at: Joi.string().pattern(TIME),
  campaign: line(64).optional(),
});

export interface PostClicks {
  sessionId: string;
  events: unknown[];
}

export const postClicksRoute: Route<PostClicks> = {
  method: 'POST',
  path: '/clicks',
  summary:
    'Up to 500 clicks of one session, as JSON or, from navigator.sendBeacon, as text/plain; sent again within 15 ' +
    'minutes each counts once, by its id',
  access: 'public',
  bodyTypes: ['application/json', 'text/plain'],
  maxBodyBytes: MAX_CALL_BYTES,
  // Any event: one that is malformed is counted as rejected and does not take the others with it.
  body: Joi.object<PostClicks, true>({
    sessionId: Joi.string().pattern(ID),
    events: Joi.array().min(1).max(500),
  }),
  bodyShown: Joi.object({
    sessionId: Joi.string().pattern(ID),
    events: Joi.array().items(clickEvent).min(1).max(500),
  }),
  bodyExample: {
    sessionId: 'ses_4f1d2c7a',
    events: [
      {
        id: '0f8c7a52-6d0e-4b0e-9a3f-2f6a1f0c9b11',
        kind: 'view',
        page: '/products/enamel-mug',
        productId: 'prd_01KA000008ENAME1MVG0000000',
        at: '2026-11-21T12:00:03.120Z',
        campaign: 'autumn',
      },
    ],
  },
  answer: {
    status: 202,
    description:
      'How many were taken and how many were not: malformed ones, kinds other than ' +
      `${KINDS.join(', ')}, and all of a bot's. \`Sec-GPC: 1\` counts them without their session.`,
    schema: 'ClicksTaken',
    example: { accepted: 1, rejected: 0 },
  },
  errors: [
    'VALIDATION_FAILED',
    'BODY_TOO_LARGE',
    'UNSUPPORTED_MEDIA_TYPE',
    'RATE_LIMITED',
    'UNAVAILABLE',
    'INTERNAL',
  ],
};

export interface ClickFiguresQuery {
  from?: string;
  to?: string;
  by?: View;
  limit?: number;
  cursor?: string;
}

export const DEFAULT_LIMIT = 20;

export const getClickFiguresRoute: Route<undefined, undefined, ClickFiguresQuery> = {
  method: 'GET',
  path: '/analytics/clicks',
  summary:
    'Clicks of each minute by page, product or kind, newest first; `from` and `to` are whole minutes, both included, ' +
    'at most 31 days apart, by default the last hour',
  access: 'staff',
  query: Joi.object<ClickFiguresQuery, true>({
    from: Joi.string().pattern(TIME).optional(),
    to: Joi.string().pattern(TIME).optional(),
    by: Joi.string()
      .valid(...VIEWS)
      .optional(),
    limit: Joi.number().integer().min(1).max(100).optional(),
    cursor: Joi.string().min(1).max(2000).optional(),
  }),
  answer: {
    status: 200,
    description: 'A page of figures; `nextCursor` is there while more follow.',
    page: 'ClickFigures',
    example: {
      items: [
        {
          minute: '2026-11-21T12:00:00.000Z',
          key: '/products/enamel-mug',
          counts: { view: 12, cart: 3, order: 1 },
        },
      ],
    },
  },
  errors: ['VALIDATION_FAILED', 'CURSOR_INVALID', 'FORBIDDEN', 'UNAVAILABLE', 'INTERNAL'],
};

export const routes = [postClicksRoute, getClickFiguresRoute] as const;

export interface SpikesInput {
  minute?: string;
}

export const spikesInput = Joi.object<SpikesInput, true>({ minute: Joi.string().pattern(TIME).optional() });
