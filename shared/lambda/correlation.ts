import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { correlate } from './invocation';

export const CORRELATION_ID = /^[A-Za-z0-9._:-]{1,128}$/;

/** Continues the caller's correlation id; a malformed one is refused with the rest of the request. */
export const correlation = {
  before: async ({ event }: { event: APIGatewayProxyEventV2 }) => {
    const given = event.headers['x-correlation-id'];
    if (given !== undefined && CORRELATION_ID.test(given)) correlate(given);
  },
};
