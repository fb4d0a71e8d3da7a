import Joi from 'joi';
import { lambda } from '../../../shared/aws/lambda';
import { snsOnce } from '../../../shared/aws/sns-once';
import { environment, optional, text } from '../../../shared/lambda/environment';
import { annotate, correlate } from '../../../shared/lambda/invocation';
import { schedule } from '../../../shared/lambda/schedule';
import { LambdaRecipients } from '../adapters/lambda-recipients';
import { SnsPusher } from '../adapters/sns-pusher';
import type { Device } from '../domain/preferences';
import { eraseDevices } from '../use-cases/erase-devices';

const env = environment({ RECIPIENT_FUNCTION: text, APNS_APPLICATION: optional, FCM_APPLICATION: optional });

const ports = {
  recipients: new LambdaRecipients(lambda, { read: env.RECIPIENT_FUNCTION }),
  pusher: new SnsPusher(snsOnce, { apns: env.APNS_APPLICATION, fcm: env.FCM_APPLICATION }),
};

interface Input {
  customerId: string;
  /** All that the account has, unless given. */
  devices?: Device[];
  correlationId: string;
}

const input = Joi.object<Input, true>({
  customerId: Joi.string().min(1).max(128),
  devices: Joi.array()
    .items(
      Joi.object<Device, true>({
        id: Joi.string().min(1).max(64),
        platform: Joi.string().valid('apns', 'fcm'),
        token: Joi.string().min(1).max(4096),
      }),
    )
    .max(10)
    .optional(),
  correlationId: Joi.string().min(1).max(128),
});

export const handler = schedule(input, ({ customerId, devices, correlationId }) => {
  correlate(correlationId);
  annotate({ customerId });
  return eraseDevices(ports, { customerId, devices, correlationId });
});
