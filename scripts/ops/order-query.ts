import { LEGAL_MOVES } from '../../services/orders/domain/order-moves';

/** What POST /staff/orders/search takes. */
export type Query = Record<string, string | undefined>;

const DATE = /^\d{4}-\d\d-\d\d$/;

/** A customer with an account has the id that Cognito gave; a guest one of ours. */
const CUSTOMER = /^(gst_.+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** What somebody has in hand, as the search calls it. */
export function queryOf(anything: string): Query {
  if (anything.includes('@')) return { email: anything };
  // The search takes a date as its whole day.
  if (DATE.test(anything)) return { from: anything, to: anything };
  if (Object.hasOwn(LEGAL_MOVES, anything.toUpperCase())) return { status: anything.toUpperCase() };
  if (anything.startsWith('ord_')) return { idPrefix: anything };
  if (anything.startsWith('cor_')) return { correlationId: anything };
  return CUSTOMER.test(anything) ? { customerId: anything } : { trackingNumber: anything };
}

/** Placed at or after `from` and before `to`: a date is its first moment. */
export const periodOf = ({ from, to }: { from?: string; to?: string }): Query => ({
  from,
  to: to && DATE.test(to) ? `${to}T00:00:00.000Z` : to,
});
