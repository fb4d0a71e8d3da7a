import { setTimeout as wait } from 'node:timers/promises';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { refuse } from '../../../shared/kernel/refusal';
import { environment, text } from '../../../shared/lambda/environment';
import { http } from '../../../shared/lambda/http';
import { DynamodbLedger } from '../adapters/dynamodb-ledger';
import { stored } from '../adapters/provider-reply';
import { isProviderKey, postCharge } from '../api';
import { chargeCard } from '../use-cases/charge-card';

const env = environment({ SANDBOX_TABLE: text, SANDBOX_URL: text });
const counter = {
  ledger: new DynamodbLedger(dynamodb, env.SANDBOX_TABLE),
  clock: Date.now,
  wait: (milliseconds: number) => wait(milliseconds),
  actionsUrl: `${env.SANDBOX_URL}/actions`,
};

export const handler = http(postCharge, async ({ body, headers }) => {
  const key = headers['idempotency-key'];
  if (!isProviderKey(key)) {
    return refuse('IDEMPOTENCY_KEY_INVALID', 'Send an Idempotency-Key of 1 to 255 printable characters.');
  }
  return stored(await chargeCard(counter, { ...body, capture: body.capture ?? true, key }));
});
