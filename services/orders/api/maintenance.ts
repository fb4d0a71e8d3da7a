import Joi from 'joi';

/** What maintenance and operators invoke; no route leads here. */
interface AuditOrders {
  day?: string;
  endedOn?: string;
  cursor?: string;
  changedSince?: string;
  ids?: string[];
  withSteps?: boolean;
}

const orderId = (): Joi.StringSchema => Joi.string().min(1).max(64);
const day = (): Joi.StringSchema => Joi.string().pattern(/^\d{4}-\d\d-\d\d$/);
const cursor = (): Joi.StringSchema => Joi.string().max(100);

export const auditOrdersInput = Joi.object<AuditOrders, true>({
  day: day().optional(),
  endedOn: day().optional(),
  cursor: cursor().optional(),
  changedSince: Joi.string().max(30).optional(),
  ids: Joi.array().items(orderId()).max(100).optional(),
  withSteps: Joi.boolean().optional(),
});

interface RaiseAttempt {
  orderId: string;
  version: number;
  quietSeconds: number;
}

export const raiseAttemptInput = Joi.object<RaiseAttempt, true>({
  orderId: orderId(),
  version: Joi.number().integer().min(1),
  quietSeconds: Joi.number().integer().min(0).max(86_400),
});

interface CleanUpOrders {
  cursor?: string;
  dryRun: boolean;
  olderThanDays?: number;
}

export const cleanUpOrdersInput = Joi.object<CleanUpOrders, true>({
  cursor: cursor().optional(),
  dryRun: Joi.boolean(),
  olderThanDays: Joi.number().integer().min(0).max(365).optional(),
});
