import { decodeCursor, encodeCursor } from '../../../shared/kernel/cursor';
import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import type { Delivery } from '../domain/webhook';
import type { Deliveries, Endpoints } from '../ports/webhooks';

interface Ports {
  endpoints: Pick<Endpoints, 'find'>;
  deliveries: Pick<Deliveries, 'page'>;
  /** The form of a position. */
  position: RegExp;
}

const USUAL = 20;

/** The log of an endpoint, newest event first. */
export async function listDeliveries(
  { endpoints, deliveries, position }: Ports,
  endpointId: string,
  { limit = USUAL, cursor }: { limit?: number; cursor?: string },
): Promise<{ deliveries: Delivery[]; nextCursor?: string } | Refusal> {
  const filter = { endpointId };
  const before = cursor === undefined ? undefined : decodeCursor(cursor, filter, position);
  if (cursor !== undefined && before === undefined)
    return refuse('CURSOR_INVALID', 'The cursor is not one of this list.');
  if (!(await endpoints.find(endpointId))) return refuse('NOT_FOUND', 'There is no such endpoint.');
  const page = await deliveries.page(endpointId, limit, before);
  return { deliveries: page.deliveries, nextCursor: page.last && encodeCursor(page.last, filter) };
}
