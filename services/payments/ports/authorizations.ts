import type { CloudEvent } from '../../../events/envelope';
import type { Payment } from '../domain/payment';

export interface Authorizations {
  /** Orders whose authorisation ends before a time, the first to end first, at most so many. */
  endingBefore(time: string, atMost: number): Promise<string[]>;
  /** The provider holds the money for longer. */
  extend(payment: Payment, until: string): Promise<void>;
  /**
   * The authorisation is gone: CAPTURED with what was captured, VOIDED where nothing was; told of in the same
   * transaction. False when the payment changed meanwhile.
   */
  end(payment: Payment, to: 'CAPTURED' | 'VOIDED', event: CloudEvent): Promise<boolean>;
}
