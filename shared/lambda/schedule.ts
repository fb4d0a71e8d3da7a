import type { Context } from 'aws-lambda';
import type { ObjectSchema } from 'joi';
import { PermanentFault } from '../kernel/permanent-fault';
import { stack } from './stack';
import { validate } from './validation';

/** The stack of a scheduled function, and of one that another function or an operator invokes with the same payload. */
export function schedule<Input, Result>(
  schema: ObjectSchema<Input>,
  work: (input: Input) => Promise<Result>,
): (event: Input, context: Context) => Promise<Result> {
  return stack<Input, Result>([], async (event) => {
    const checked = validate(schema, event);
    if ('violations' in checked) throw new PermanentFault(`Payload: ${JSON.stringify(checked.violations)}`);
    return work(checked.value);
  });
}
