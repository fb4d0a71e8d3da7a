import type { LambdaClient } from '@aws-sdk/client-lambda';
import Joi from 'joi';
import { askFunction } from '../../../shared/aws/ask-function';
import { SECOND } from '../../../shared/kernel/time';
import { type Device, NO_SETTINGS, type Preferences, type Settings } from '../domain/preferences';
import type { Devices, Recipients } from '../ports/sending';

interface Answer extends Partial<Settings> {
  outcome: 'FOUND' | 'UNKNOWN';
}

/** As long as the functions asked may run. */
const ANSWERED_WITHIN = 7 * SECOND;

const word = (): Joi.StringSchema => Joi.string().min(1).max(64);

const byKind = (): Joi.ObjectSchema => Joi.object().pattern(word(), Joi.boolean()).optional();

/** What accounts' function `readRecipient` answers. */
const answerSchema = Joi.object<Answer>({
  outcome: Joi.string().valid('FOUND', 'UNKNOWN').required(),
  preferences: Joi.object<Preferences>({ email: byKind(), sms: byKind(), push: byKind() }).optional(),
  devices: Joi.array()
    .items(
      Joi.object<Device, true>({
        id: word().required(),
        platform: Joi.string().valid('apns', 'fcm').required(),
        token: Joi.string().min(1).max(4096).required(),
      }),
    )
    .max(10)
    .optional(),
});

/** The answer is not told, only that there was none: a token names a person's device. */
export class SettingsUnavailable extends Error {
  override name = 'SettingsUnavailable';
}

/** A guest has no account, and nothing to ask for. */
const isGuest = (customerId: string): boolean => customerId.startsWith('gst_');

/** The accounts of customers, asked at the time of sending (docs/adr/0011-channels.md). */
export class LambdaRecipients implements Recipients, Devices {
  constructor(
    private readonly client: LambdaClient,
    private readonly functions: { read: string; forget?: string },
  ) {}

  /** @throws SettingsUnavailable when the function fails or answers what this version does not know. */
  async settingsOf(customerId: string, correlationId: string): Promise<Settings> {
    if (!this.functions.read || isGuest(customerId)) return NO_SETTINGS;
    const answer = await this.invoke(this.functions.read, { customerId, correlationId });
    const { error, value } = answerSchema.validate(answer, { allowUnknown: true, convert: false });
    if (error || !value) throw new SettingsUnavailable('accounts answered in a form that is not known here');
    return { preferences: value.preferences ?? {}, devices: value.devices ?? [] };
  }

  async forget(customerId: string, { id, token }: Device, correlationId: string): Promise<void> {
    if (!this.functions.forget) return;
    await this.invoke(this.functions.forget, { customerId, deviceId: id, token, correlationId });
  }

  private async invoke(name: string, input: object): Promise<unknown> {
    const asked = await askFunction(this.client, name, input, ANSWERED_WITHIN);
    if ('failed' in asked) throw new SettingsUnavailable('accounts could not say what the customer wants');
    return asked.answer;
  }
}
