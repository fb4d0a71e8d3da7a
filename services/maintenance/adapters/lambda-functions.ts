import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { ObjectSchema } from 'joi';
import { askFunction } from '../../../shared/aws/ask-function';
import { SECOND } from '../../../shared/kernel/time';
import { Unanswered } from '../ports/books';

/** As long as the functions that are asked may run. */
const ANSWERED_WITHIN = 28 * SECOND;

/** The pages that other services answer, each by a function of its own (docs/adr/0017-the-house-is-kept-by-asking.md). */
export class LambdaFunctions {
  constructor(private readonly client: LambdaClient) {}

  async ask<Answer>(name: string, input: object, schema: ObjectSchema<Answer>): Promise<Answer> {
    const asked = await askFunction(this.client, name, input, ANSWERED_WITHIN);
    if ('failed' in asked) throw new Unanswered(`${name} failed: ${asked.failed}`);
    const { error, value } = schema.validate(asked.answer, {
      presence: 'required',
      allowUnknown: true,
      convert: false,
    });
    if (error || !value) throw new Unanswered(`${name} answered in a form that is not known here`);
    return value;
  }
}
