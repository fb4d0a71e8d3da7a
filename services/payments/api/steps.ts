import Joi from 'joi';
import { type Money, moneySchema } from '../../../shared/kernel/money';

interface SagaInput {
  orderId: string;
  attempt: number;
  correlationId: string;
}

const sagaInput = {
  orderId: Joi.string().min(1).max(64),
  attempt: Joi.number().integer().min(1),
  correlationId: Joi.string().min(1).max(128),
};

export interface ProcessPaymentInput extends SagaInput {
  amount: Money;
  paymentToken?: string;
}

/** What the state machine sends to ProcessPayment. */
export const processPaymentInput = Joi.object<ProcessPaymentInput, true>({
  ...sagaInput,
  amount: moneySchema,
  paymentToken: Joi.string().min(1).max(255).optional(),
});

export interface RefundPaymentInput extends SagaInput {
  fault: boolean;
}

/** What the state machine sends to RefundPayment. `fault`: ProcessPayment threw, the charge's fate is unknown. */
export const refundPaymentInput = Joi.object<RefundPaymentInput, true>({
  ...sagaInput,
  fault: Joi.boolean(),
});

export interface RefundReturnInput extends SagaInput {
  returnId: string;
  amount: Money;
}

/** What the machine of a return sends to RefundReturn: what the accepted lines cost. */
export const refundReturnInput = Joi.object<RefundReturnInput, true>({
  ...sagaInput,
  returnId: Joi.string().min(1).max(64),
  amount: moneySchema,
});
