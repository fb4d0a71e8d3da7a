import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import Joi from 'joi';
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
const ANSWERED_WITHIN = { requestTimeout: 7 * SECOND };

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
    const Payload = JSON.stringify({ ...question, correlationId: invocation().correlationId });
    const answer = await this.client.send(
      new InvokeCommand({ FunctionName: this.functionName, Payload }),
      ANSWERED_WITHIN,
    );
    if (answer.FunctionError) throw new OrdersUnavailable('orders could not say how the order stands');
    const { error, value } = answerSchema.validate(parsed(answer.Payload), {
      allowUnknown: true,
      convert: false,
    });
    if (error || !value) throw new OrdersUnavailable('orders answered in a form that is not known here');
    const { customerId, isGuests, order } = value;
    return customerId && order ? { customerId, isGuests: isGuests === true, order } : undefined;
  }
}

function parsed(payload: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(payload ?? []).toString('utf8'));
  } catch {
    return undefined;
  }
}
