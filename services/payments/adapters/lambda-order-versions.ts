import type { LambdaClient } from '@aws-sdk/client-lambda';
import Joi from 'joi';
import { askFunction } from '../../../shared/aws/ask-function';
import { SECOND } from '../../../shared/kernel/time';
import { invocation } from '../../../shared/lambda/invocation';
import type { OrderVersions } from '../ports/order-versions';

/** What of the answer of orders' function `readOrderSnapshot` is looked at. */
interface Answer {
  outcome: 'FOUND' | 'UNKNOWN';
  order?: { version: number };
}

const answerSchema = Joi.object<Answer>({
  outcome: Joi.string().valid('FOUND', 'UNKNOWN').required(),
  order: Joi.object({ version: Joi.number().integer().required() }).optional(),
});

/** As long as the function asked may run. */
const ANSWERED_WITHIN = 7 * SECOND;

/** The answer is not told, only that there was none: it is a person's order. */
export class OrdersUnavailable extends Error {
  override name = 'ServiceUnavailable';
}

export class LambdaOrderVersions implements OrderVersions {
  constructor(
    private readonly client: LambdaClient,
    private readonly functionName: string,
  ) {}

  async versionOf(orderId: string): Promise<number | undefined> {
    const { correlationId } = invocation();
    const question = { orderId, correlationId };
    const asked = await askFunction(this.client, this.functionName, question, ANSWERED_WITHIN);
    if ('failed' in asked) throw new OrdersUnavailable('orders could not say how the order stands');
    const { error, value } = answerSchema.validate(asked.answer, { allowUnknown: true, convert: false });
    if (value?.outcome === 'UNKNOWN') return undefined;
    if (error || !value?.order)
      throw new OrdersUnavailable('orders answered in a form that is not known here');
    return value.order.version;
  }
}
