import type { ChargeView, Webhook } from '../domain/entry';

/** A webhook on its way, with the charge as it is told of. */
export interface Parcel {
  webhook: Webhook;
  charge: ChargeView;
  correlationId: string;
}

export interface WebhookQueue {
  /** Each is sent when its time has come. */
  add(parcel: Parcel): Promise<void>;
}

export interface Shop {
  /** @throws Error when the shop did not take it: it is sent again. */
  tell(parcel: Parcel, at: number): Promise<void>;
}
