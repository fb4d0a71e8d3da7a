import type { Notice } from '../../../events/payment-events';

/** A verified webhook; `notice` is undefined for what nobody here wants to know. */
export interface Webhook {
  /** The provider's id of it. */
  id: string;
  chargeId: string;
  notice?: Notice;
}
