import Joi, { type ObjectSchema, type SchemaMap } from 'joi';
import type { StepRecord } from '../../../events/order-events';
import { type StepInput, stepInput } from '../../../shared/lambda/step';
import {
  PAYMENT_STATUSES,
  type PaymentStatus,
  REJECTION_REASONS,
  type RejectionReason,
} from '../domain/order';

export type { NextAction } from '../domain/order';
export type { Shortage } from '../domain/order-holds';
export { runOf } from '../domain/run';

/** What the machine hands to each step that ends an attempt. */
export interface EndOfAttemptInput extends StepInput {
  executionId: string;
  paymentStatus: PaymentStatus;
  steps: StepRecord[];
}

export const paymentStatusSchema = Joi.string().valid(...PAYMENT_STATUSES);

export const endOfAttempt = <Input extends EndOfAttemptInput>(more: SchemaMap = {}): ObjectSchema<Input> =>
  stepInput<Input>({
    executionId: Joi.string().min(1).max(512),
    paymentStatus: paymentStatusSchema,
    steps: Joi.array()
      .items(Joi.object({ step: Joi.string(), outcome: Joi.string(), at: Joi.string() }))
      .max(20),
    ...more,
  });

/** The machine hands on the outcome of the step that failed; only some of them are reasons to reject. */
export const rejectionReason = (outcome: string): RejectionReason | undefined =>
  REJECTION_REASONS.find((reason) => reason === outcome);
