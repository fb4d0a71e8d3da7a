import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { ObjectSchema } from 'joi';
import { SECOND } from '../../../shared/kernel/time';

/** As long as the functions that are asked may run. */
const ANSWERED_WITHIN = { requestTimeout: 28 * SECOND };

/** Another service's function failed, or answered what this version does not know. */
export class Unanswered extends Error {
  override name = 'Unanswered';
}

/** The pages that other services answer, each by a function of its own (docs/adr/0017-the-house-is-kept-by-asking.md). */
export class LambdaFunctions {
  constructor(private readonly client: LambdaClient) {}

  async ask<Answer>(FunctionName: string, input: object, schema: ObjectSchema<Answer>): Promise<Answer> {
    const { Payload, FunctionError } = await this.client.send(
      new InvokeCommand({ FunctionName, Payload: JSON.stringify(input) }),
      ANSWERED_WITHIN,
    );
    if (FunctionError) throw new Unanswered(`${FunctionName} failed`);
    const { error, value } = schema.validate(
      JSON.parse(Buffer.from(Payload ?? []).toString('utf8') || 'null'),
      {
        presence: 'required',
        allowUnknown: true,
        convert: false,
      },
    );
    if (error || !value) throw new Unanswered(`${FunctionName} answered in a form that is not known here`);
    return value;
  }
}
