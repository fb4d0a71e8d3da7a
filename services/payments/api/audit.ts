import Joi from 'joi';

/** What maintenance invokes; no route leads here. */
export interface AuditPaymentsInput {
  since?: string;
  cursor?: string;
  orderIds?: string[];
  ask?: boolean;
  withRefunds?: boolean;
}

export const auditPaymentsInput = Joi.object<AuditPaymentsInput, true>({
  since: Joi.string().max(30).optional(),
  cursor: Joi.string().max(2000).optional(),
  orderIds: Joi.array().items(Joi.string().min(1).max(64)).max(100).optional(),
  ask: Joi.boolean().optional(),
  withRefunds: Joi.boolean().optional(),
});
