import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/kernel/time';

export interface Endpoint {
  id: string;
  url: string;
  /** Types of events that are sent to it. */
  events: string[];
  description?: string;
  /** Who is told when it is switched off. */
  ownerEmail: string;
  /** Signs what is sent: https://github.com/standard-webhooks/standard-webhooks */
  secret: string;
  status: 'enabled' | 'disabled';
  disabledBecause?: string;
  /** Deliveries given up since the last that arrived. */
  failures: number;
  version: number;
  createdAt: string;
  updatedAt: string;
}

export interface Attempt {
  at: string;
  /** `HTTP_200`, `TIMEOUT`, `ADDRESS_REFUSED`: what came of it, and nothing of what was answered. */
  result: string;
  milliseconds: number;
}

export interface Delivery {
  endpointId: string;
  id: string;
  eventId: string;
  eventType: string;
  orderId: string;
  correlationId: string;
  /** The CloudEvent as it is sent, byte by byte: each sending of it has the same signature base. */
  event: string;
  status: 'pending' | 'delivered' | 'failed';
  /** Raised by a resend by hand; each run has its own attempts. */
  run: number;
  /** Attempts of this run. */
  tries: number;
  attempts: Attempt[];
  nextAttemptAt?: string;
  createdAt: string;
}

/** What lies on the queue of attempts. */
export interface DueAttempt {
  endpointId: string;
  deliveryId: string;
  run: number;
  /** Counted from 1. */
  attempt: number;
  /** Milliseconds since the epoch; SQS delays a message for 15 minutes at most. */
  notBefore: number;
  correlationId: string;
}

/** Pauses after each failed attempt: eight attempts within a day. */
const PAUSES = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 8 * HOUR, 8 * HOUR];

/** Until the next attempt, up to a tenth longer so that what failed together does not come together; undefined after the last. */
export function pauseAfter(attempt: number, random: number): number | undefined {
  const pause = PAUSES[attempt - 1];
  return pause && Math.round(pause * (1 + random / 10));
}

/** Deliveries in a row that were given up before an endpoint is switched off. */
export const GIVEN_UP_LIMIT = 5;

/** How long the log of a delivery is kept. */
export const DELIVERY_LIFE = 30 * DAY;

/** Attempts that the log shows; a delivery that is sent again by hand over and over keeps its latest. */
export const LOGGED_ATTEMPTS = 24;

/** The partner asks not to be written to again. */
export const isGone = (result: string): boolean => result === 'HTTP_410';

export const hasArrived = (result: string): boolean => /^HTTP_2\d\d$/.test(result);

/** One delivery per event and endpoint: its id follows from the event's. */
export const deliveryIdOf = (eventId: string): string => `dlv_${eventId.replace(/^evt_/, '')}`;

/** All endpoints are read for each event, so there are not many. */
export const MOST_ENDPOINTS = 50;
