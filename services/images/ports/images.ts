import type { EventOf } from '../../../events/envelope';
import type { imageEvents } from '../../../events/image-events';
import type { IdempotentRequest, Reply } from '../../../shared/kernel/idempotency';
import type { Refusal } from '../../../shared/kernel/refusal';
import type { Image, PendingImage } from '../domain/image';

export interface AnswerTo {
  request: IdempotentRequest;
  reply: Reply;
  now: number;
  /** The member of staff, for the audit log. */
  actor: string;
}

/** The uploads of a product as they are now, newest first, and how many were asked for so far. */
export interface Uploaded {
  images: Image[];
  turns: number;
}

export interface AddsImages {
  uploaded(productId: string, limit: number): Promise<Uploaded>;
  /**
   * Row, audit entry and reply in one write, if no other upload of the product was asked for since those of `turns`.
   * @returns the reply of this very request, if it was made before; OVERTAKEN when another came first
   */
  add(
    image: PendingImage,
    answerTo: AnswerTo & Pick<Uploaded, 'turns'>,
  ): Promise<Reply | Refusal | 'OVERTAKEN' | undefined>;
}

export interface RepliesToRequests {
  find(request: IdempotentRequest, now: number): Promise<Reply | Refusal | undefined>;
}

export interface ListsImages {
  /** Newest first. */
  list(
    productId: string,
    page: { limit: number; before?: string },
  ): Promise<{ images: Image[]; last?: string }>;
}

export interface TryClaim {
  /** Whose claim it is. */
  token: string;
  /** Milliseconds, like `deadSince`: who claimed it then or before is not alive any more. */
  now: number;
  deadSince: number;
}

export interface SettlesImages {
  find(productId: string, id: string): Promise<Image | undefined>;
  /** Counts a try at decoding. @returns how many there have been, this one among them */
  claim(image: PendingImage, claim: TryClaim): Promise<number | 'HELD' | 'SETTLED'>;
  /** Takes a try back that ended for another reason than the file; nothing where another has claimed it since. */
  release(image: PendingImage, token: string): Promise<void>;
  /** @returns false when it was settled before, which stands */
  settle(image: Image): Promise<boolean>;
}

export interface Catalogue {
  /** As it is now; undefined when there is no such product. */
  versionOf(productId: string): Promise<number | undefined>;
}

export type ImageEvent = EventOf<(typeof imageEvents)[number]>;

export interface EventBus {
  /** @throws when one of them was not taken: all may be published again, under the same ids */
  publish(events: readonly ImageEvent[]): Promise<void>;
}
