import Joi from 'joi';
import type { RefusalCode } from '../../shared/kernel/refusal';
import type { Route } from '../../shared/kernel/route';
import { line } from '../../shared/kernel/text';

const ALWAYS: RefusalCode[] = ['VALIDATION_FAILED', 'INTERNAL', 'UNAVAILABLE'];

const answer = {
  status: 201,
  schema: 'LiveTicket',
  description: 'Opens one connection to `webSocketUrl?ticket=…`, within so many seconds',
  example: { ticket: 'JH0eRkyqg1cM1yqVvB4xNXQ0cUUyYl9CkIuJX2k1d0M', expiresIn: 30 },
};

export const createTicketRoute: Route = {
  method: 'POST',
  path: '/live/tickets',
  summary: "A ticket for a WebSocket that hears of every change of the caller's orders",
  access: 'customer',
  query: Joi.object({}),
  answer,
  errors: ALWAYS,
};

export const createGuestTicketRoute: Route<unknown, { id: string }, { t?: string }> = {
  method: 'POST',
  path: '/guest/orders/{id}/live-tickets',
  summary: "A ticket for a WebSocket that hears of every change of a guest's order, by the link of a mail",
  access: 'public',
  pathParameters: Joi.object<{ id: string }, true>({ id: line(64) }),
  query: Joi.object<{ t?: string }>({ t: Joi.string().allow('').optional() }),
  answer,
  errors: [...ALWAYS, 'NOT_FOUND', 'RATE_LIMITED'],
};

export const routes = [createTicketRoute, createGuestTicketRoute];

export interface WatchFrame {
  action: 'watch';
  orderId: string;
}

/** The one frame that a page sends. */
export const watchFrame = Joi.object<WatchFrame, true>({
  action: Joi.string().valid('watch'),
  orderId: line(64),
});

/** A frame of the longest order id has less than a third of it. */
export const MAX_FRAME_BYTES = 1024;

export interface ConnectQuery {
  ticket?: string;
}

/** Any text is a ticket to be judged; one that is wrong in form opens as little as one that is wrong. */
export const connectQuery = Joi.object<ConnectQuery>({ ticket: Joi.string().max(128).allow('').optional() });
