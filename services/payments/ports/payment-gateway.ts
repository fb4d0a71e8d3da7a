import type { Money } from '../../../shared/kernel/money';
import type { Charge } from '../domain/charge';
import type { ProviderTrouble } from '../domain/payment';

/** What identifies a charge at the provider, whether or not the provider has heard of it. */
export interface ChargeOrder {
  /** The idempotency key, derived from the order. */
  key: string;
  /** The order's id. */
  reference: string;
  money: Money;
  /** When the key was first about to be used; milliseconds since the epoch. */
  askedAt: number;
  /** False only authorizes. */
  capture: boolean;
  /** Known once the provider answered. */
  chargeId?: string;
}

export interface CapturePart {
  key: string;
  amount: number;
  final: boolean;
}

/** What identifies a refund at the provider. */
export interface RefundOrder {
  key: string;
  amount: number;
  /** When the key was first about to be used, where that may be long ago: the provider's memory of keys ends. */
  takenAt?: number;
}

export interface ChargePage {
  charges: Charge[];
  nextCursor?: string;
}

/**
 * The payment provider. Every verb may be repeated: a key has one effect.
 * @throws ProviderFault from each verb, when the provider could not be asked or did not answer.
 */
export interface PaymentGateway {
  /** Takes the money now. A decline is an answer, not a fault. */
  charge(order: ChargeOrder, token: string, attempt: number): Promise<Charge>;
  /** Takes a part of what was authorized, once per key; `final` releases the rest. REFUSED: it is not to be had any more. */
  capture(order: ChargeOrder, part: CapturePart): Promise<'CAPTURED' | 'REFUSED'>;
  /** Authorizes for longer, and says until when. REFUSED: the customer has to pay anew. */
  renew(order: ChargeOrder): Promise<{ until: string } | 'REFUSED'>;
  /** Gives part or all of a captured charge back, once per refund key. FAILED: the provider refuses for good. */
  refund(order: ChargeOrder, refund: RefundOrder): Promise<'SUCCEEDED' | 'FAILED'>;
  /** Undoes what was charged under the key and makes a later arrival of the key fail, one under way included. */
  abandon(order: ChargeOrder): Promise<void>;
  /** What became of the key, strongly consistent; undefined when nothing was charged under it. */
  find(order: ChargeOrder): Promise<Charge | undefined>;
  /** The order that a charge names, where a notice of it does not; undefined for a charge that is not ours. */
  referenceOf(chargeId: string): Promise<string | undefined>;
  /** All charges from a time on, oldest or newest first as the provider has it; for reconciliation. */
  list(since: string, cursor?: string): Promise<ChargePage>;
}

/** The provider could not be asked, or was asked and did not answer: never a "no". */
export class ProviderFault extends Error {
  override name = 'ProviderFault';
  constructor(
    readonly kind: ProviderTrouble['kind'],
    reason: string,
    /** True when the same request under the same key may help within the second. */
    readonly mayRetry = true,
    /** True when the provider said that it has no room now, and did nothing: worth more tries, further apart. */
    readonly busy = false,
  ) {
    super(reason);
  }
}
