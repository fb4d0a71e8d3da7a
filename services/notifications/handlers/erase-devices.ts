import Joi from 'joi';
import { lambda } from '../../../shared/aws/lambda';
import { snsOnce } from '../../../shared/aws/sns-once';
import { environment, optional, text } from '../../../shared/lambda/environment';
import { annotate, correlate } from '../../../shared/lambda/invocation';
import { schedule } from '../../../shared/lambda/schedule';
import { LambdaRecipients } from '../adapters/lambda-recipients';
import { SnsPusher } from '../adapters/sns-pusher';
import { type Device, type EraseDevices, eraseDevices } from '../use-cases/erase-devices';

const env = environment({ RECIPIENT_FUNCTION: text, APNS_APPLICATION: optional, FCM_APPLICATION: optional });

const ports = {
  recipients: new LambdaRecipients(lambda, { read: env.RECIPIENT_FUNCTION }),
  pusher: new SnsPusher(snsOnce, { apns: env.APNS_APPLICATION, fcm: env.FCM_APPLICATION }),
};

const input = Joi.object<EraseDevices, true>({
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

export const handler = schedule(input, (command) => {
  correlate(command.correlationId);
  annotate({ customerId: command.customerId });
  return eraseDevices(ports, command);
});
