import type { LambdaClient } from '@aws-sdk/client-lambda';
import Joi from 'joi';
import { askFunction } from '../../../shared/aws/ask-function';
import { SECOND } from '../../../shared/kernel/time';
import { invocation } from '../../../shared/lambda/invocation';
import type { Device } from '../domain/account';
import type { PushPlatforms } from '../ports/accounts';

/** Ten devices are forgotten in a second or two; the function's own start is the rest. */
const ANSWERED_WITHIN = 7 * SECOND;

/** The answer is not told, only that there was none: a token names a person's device. */
class PlatformsUnavailable extends Error {
  override name = 'ServiceUnavailable';
}

/** What notifications' function `eraseDevices` answers. */
const answer = Joi.object({ outcome: Joi.string().valid('ERASED').required() }).required();

export class LambdaPushPlatforms implements PushPlatforms {
  constructor(
    private readonly client: LambdaClient,
    private readonly functionName: string,
  ) {}

  async forget(customerId: string, devices: Device[]): Promise<void> {
    const { correlationId } = invocation();
    const question = { customerId, devices, correlationId };
    const asked = await askFunction(this.client, this.functionName, question, ANSWERED_WITHIN);
    const isErased = 'answer' in asked && !answer.validate(asked.answer, { allowUnknown: true }).error;
    if (!isErased) throw new PlatformsUnavailable('notifications could not forget the devices');
  }
}
