import { dynamodb } from '../../../../shared/aws/dynamodb';
import { isRefusal, refuse } from '../../../../shared/kernel/refusal';
import { environment, integer, text } from '../../../../shared/lambda/environment';
import { http, json } from '../../../../shared/lambda/http';
import { invocation } from '../../../../shared/lambda/invocation';
import { TokenBucket } from '../../../../shared/lambda/token-bucket';
import { OutboxTable } from '../../adapters/outbox-table';
import { readStripeWebhook } from '../../adapters/stripe-webhooks';
import { webhookSecrets } from '../../adapters/webhook-secrets';
import { webhookRoute } from '../../api/webhooks';
import { receiveNotice } from '../../use-cases/receive-notice';

const env = environment({
  PAYMENT_EVENTS_TABLE: text,
  WEBHOOK_SECRET: text,
  PUBLIC_CALLS_PER_SECOND: integer,
});

const ports = { outbox: new OutboxTable(dynamodb, env.PAYMENT_EVENTS_TABLE), clock: Date.now };

export const handler = http(
  webhookRoute,
  async ({ rawBody, headers }) => {
    const signature = headers['stripe-signature'];
    if (!signature) return refuse('VALIDATION_FAILED', 'Webhooks are signed: stripe-signature is missing.');
    const secrets = await webhookSecrets(env.WEBHOOK_SECRET);
    const webhook = readStripeWebhook(rawBody, signature, secrets, Date.now());
    if (isRefusal(webhook)) return webhook;
    const { correlationId, log } = invocation();
    const outcome = await receiveNotice(ports, { ...webhook, correlationId });
    log.info({ webhook: webhook.id, kind: webhook.notice?.kind, outcome }, 'webhook');
    return json(200, { received: true });
  },
  { bucket: new TokenBucket(env.PUBLIC_CALLS_PER_SECOND) },
);
