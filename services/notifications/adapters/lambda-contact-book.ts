import type { LambdaClient } from '@aws-sdk/client-lambda';
import Joi from 'joi';
import { askFunction } from '../../../shared/aws/ask-function';
import { SECOND } from '../../../shared/kernel/time';
import type { PostalAddress, Recipient } from '../domain/order-mail';
import type { ContactBook } from '../ports/sending';

/** What orders' function `readOrderContact` answers: the one question a service asks another (docs/rules.md, 11). */
interface Answer extends Partial<Recipient> {
  outcome: 'FOUND' | 'ERASED' | 'UNKNOWN';
}

/** As long as the function asked may run. */
const ANSWERED_WITHIN = 7 * SECOND;

const text = (max: number): Joi.StringSchema => Joi.string().min(1).max(max);

const answerSchema = Joi.object<Answer>({
  outcome: Joi.string().valid('FOUND', 'ERASED', 'UNKNOWN').required(),
  email: text(320).optional(),
  phone: text(40).optional(),
  link: text(2000).optional(),
  actionUrl: text(2000).optional(),
  name: Joi.string().max(200).allow('').optional(),
  shippingAddress: Joi.object<PostalAddress, true>({
    name: text(200).required(),
    line1: text(200).required(),
    line2: Joi.string().max(200).allow('').optional(),
    city: text(200).required(),
    postalCode: text(40).required(),
    country: text(60).required(),
  }).optional(),
});

/** The answer is not told, only that there was none: it holds a person's data. */
export class ContactUnavailable extends Error {
  override name = 'ContactUnavailable';
}

export class LambdaContactBook implements ContactBook {
  constructor(
    private readonly client: LambdaClient,
    private readonly functionName: string,
  ) {}

  /** @throws ContactUnavailable when the function fails or answers what this version does not know. */
  async recipientOf(orderId: string, correlationId: string): Promise<Recipient | undefined> {
    const question = { orderId, correlationId };
    const asked = await askFunction(this.client, this.functionName, question, ANSWERED_WITHIN);
    if ('failed' in asked) throw new ContactUnavailable('orders could not say whom the order belongs to');
    const { error, value } = answerSchema.validate(asked.answer, {
      allowUnknown: true,
      convert: false,
    });
    if (error || !value) throw new ContactUnavailable('orders answered in a form that is not known here');
    if (value.outcome !== 'FOUND') return undefined;
    const { outcome: _, email, ...rest } = value;
    if (!email) throw new ContactUnavailable('orders knows the recipient but gave no address');
    return { email, ...rest };
  }
}
