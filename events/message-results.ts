import Joi from 'joi';
import type { EventContract } from './envelope';

export type Channel = 'email' | 'sms' | 'push' | 'webhook';

export type MessageOutcome = 'SENT' | 'BOUNCED' | 'COMPLAINED' | 'SUPPRESSED' | 'FAILED';

/** What became of one message about an order, the event's subject; to whom it went is said nowhere (docs/rules.md, 11). */
export interface MessageResult {
  messageId: string;
  channel: Channel;
  /** What it told, such as `order-shipped`; of a webhook the type of the event. */
  kind: string;
  outcome: MessageOutcome;
  /** Why it was not sent or came back, in one word such as `NO_PHONE`. */
  reason?: string;
}

/** Every channel reports to one queue, and orders keeps it for the timeline. The same result may come again. */
export const messageSettled: EventContract<'message.settled', MessageResult> = {
  type: 'message.settled',
  version: 1,
  source: '/notifications',
  data: Joi.object<MessageResult, true>({
    messageId: Joi.string().min(1).max(128),
    channel: Joi.string().valid('email', 'sms', 'push', 'webhook'),
    kind: Joi.string().pattern(/^[a-z][a-z.-]{1,60}$/),
    outcome: Joi.string().valid('SENT', 'BOUNCED', 'COMPLAINED', 'SUPPRESSED', 'FAILED'),
    reason: Joi.string()
      .pattern(/^[A-Za-z0-9_.-]{1,80}$/)
      .optional(),
  }),
};

export const messageEvents = [messageSettled] as const;
