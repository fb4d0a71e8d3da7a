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
