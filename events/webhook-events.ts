import Joi from 'joi';
import type { EventContract } from './envelope';
import { word } from './order-basics';

export interface EndpointDisabled {
  /** REPEATED_FAILURE or GONE. */
  because: string;
}

/** A partner's endpoint, the subject, is written to no more until a member of staff switches it on again. */
export const endpointDisabled: EventContract<'webhook-endpoint.disabled', EndpointDisabled> = {
  type: 'webhook-endpoint.disabled',
  version: 1,
  source: '/notifications',
  data: Joi.object<EndpointDisabled, true>({ because: word() }),
};

export const webhookEvents = [endpointDisabled] as const;
