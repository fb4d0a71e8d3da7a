import type { Route } from '../../../shared/kernel/route';

/** No schema of ours: the signature is over the bytes, and what they mean is each provider's own. */
export const webhookRoute: Route = {
  method: 'POST',
  path: '/webhooks/payments',
  summary: 'What the payment provider tells of, signed by it',
  access: 'public',
  rawBody: true,
  answer: {
    status: 200,
    description: 'Kept; what follows from it follows later',
    schema: 'Received',
    example: { received: true },
  },
  errors: ['VALIDATION_FAILED', 'BODY_TOO_LARGE', 'RATE_LIMITED', 'INTERNAL', 'UNAVAILABLE'],
};
