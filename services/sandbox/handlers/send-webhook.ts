import { setTimeout as wait } from 'node:timers/promises';
import { secret } from '../../../shared/aws/cached-secrets';
import { parkIn } from '../../../shared/aws/dead-letters';
import { environment, text } from '../../../shared/lambda/environment';
import { invocation } from '../../../shared/lambda/invocation';
import { queue } from '../../../shared/lambda/queue';
import { HttpShop } from '../adapters/http-shop';
import { readParcel } from '../adapters/sqs-webhook-queue';
import { tellShop } from '../use-cases/tell-shop';

const env = environment({ SHOP_URL: text, WEBHOOK_SECRET: text, DEAD_LETTER_QUEUE: text });

const ports = {
  shop: new HttpShop(`${env.SHOP_URL}/webhooks/payments`, () => secret(env.WEBHOOK_SECRET)),
  clock: Date.now,
  wait: (milliseconds: number) => wait(milliseconds),
};

const options = { parse: readParcel, park: parkIn(env.DEAD_LETTER_QUEUE), maxReceives: 5 };

export const handler = queue(options, async (parcel) => {
  await tellShop(ports, parcel);
  invocation().log.info({ webhook: parcel.webhook.id, type: parcel.webhook.type }, 'webhook sent');
});
