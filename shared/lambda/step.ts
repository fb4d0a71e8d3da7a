import type { Context } from 'aws-lambda';
import Joi, { type ObjectSchema, type SchemaMap } from 'joi';
import { PermanentFault } from '../kernel/permanent-fault';
import { annotate, correlate } from './invocation';
import { stack } from './stack';
import { validate } from './validation';

/** What every step of a saga gets, beside what is particular to it. */
export interface StepInput {
  orderId: string;
  attempt: number;
  correlationId: string;
  /** Of the order, once ValidateOrder has read it; for logs and traces. */
  customerId?: string;
}

/** The schema of a step: what every step gets, and `more`. */
export const stepInput = <Input extends StepInput>(more: SchemaMap = {}): ObjectSchema<Input> =>
  Joi.object<Input>({
    orderId: Joi.string().min(1).max(64),
    attempt: Joi.number().integer().min(1),
    correlationId: Joi.string().min(1).max(128),
    customerId: Joi.string().max(64).allow('').optional(),
    ...more,
  });

/**
 * The stack of a Step Functions task: a business outcome is a value (`{ outcome: … }`) that a Choice reads, a thrown
 * error is a technical fault that the machine retries.
 * @throws PermanentFault when the input does not fit the schema: the machine and the step were deployed apart.
 */
export function step<
  Input extends Pick<StepInput, 'orderId' | 'correlationId' | 'customerId'>,
  Outcome extends { outcome: string },
>(
  schema: ObjectSchema<Input>,
  work: (input: Input) => Promise<Outcome>,
): (event: Input, context: Context) => Promise<Outcome> {
  return stack<Input, Outcome>([], async (event) => {
    const checked = validate(schema, event, { unknown: true });
    if ('violations' in checked)
      throw new PermanentFault(`Step input: ${JSON.stringify(checked.violations)}`);
    correlate(checked.value.correlationId);
    const { orderId, customerId } = checked.value;
    annotate(customerId ? { orderId, customerId } : { orderId });
    return work(checked.value);
  });
}
