import type { LambdaClient } from '@aws-sdk/client-lambda';
import Joi from 'joi';
import { askFunction } from '../../../shared/aws/ask-function';
import { SECOND } from '../../../shared/kernel/time';
import { invocation } from '../../../shared/lambda/invocation';
import type { Order } from '../domain/frames';
import type { Orders, Snapshot } from '../ports/live';

/** What orders' function `readOrderSnapshot` answers (docs/adr/0016-live-status.md). */
interface Answer {
  outcome: 'FOUND' | 'UNKNOWN';
  customerId?: string;
  isGuests?: boolean;
  order?: Order;
}

const answerSchema = Joi.object<Answer>({
  outcome: Joi.string().valid('FOUND', 'UNKNOWN').required(),
  customerId: Joi.string().min(1).max(128).optional(),
  isGuests: Joi.boolean().optional(),
  order: Joi.object({ id: Joi.string().required(), version: Joi.number().integer().required() }).optional(),
});

/** As long as the function asked may run. */
const ANSWERED_WITHIN = 7 * SECOND;

/** The answer is not told, only that there was none: it is a person's order. */
export class OrdersUnavailable extends Error {
  override name = 'ServiceUnavailable';
}

export class LambdaOrders implements Orders {
  constructor(
    private readonly client: LambdaClient,
    private readonly functionName: string,
  ) {}

  ofCustomer = (orderId: string, customerId: string) => this.ask({ orderId, customerId });
  openedBy = (orderId: string, guestToken: string) => this.ask({ orderId, guestToken });
  whosoever = (orderId: string) => this.ask({ orderId });

  private async ask(question: object): Promise<Snapshot | undefined> {
    const { correlationId } = invocation();
    const asked = await askFunction(
      this.client,
      this.functionName,
      { ...question, correlationId },
      ANSWERED_WITHIN,
    );
    if ('failed' in asked) throw new OrdersUnavailable('orders could not say how the order stands');
    const { error, value } = answerSchema.validate(asked.answer, {
      allowUnknown: true,
      convert: false,
    });
    if (error || !value) throw new OrdersUnavailable('orders answered in a form that is not known here');
    const { customerId, isGuests, order } = value;
    return customerId && order ? { customerId, isGuests: isGuests === true, order } : undefined;
  }
}
