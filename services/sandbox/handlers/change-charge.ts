import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { refuse } from '../../../shared/kernel/refusal';
import { environment, text } from '../../../shared/lambda/environment';
import { http } from '../../../shared/lambda/http';
import { DynamodbLedger } from '../adapters/dynamodb-ledger';
import { ok, stored } from '../adapters/provider-reply';
import {
  isProviderKey,
  postAbandonment,
  postAction,
  postCapture,
  postDispute,
  postExpire,
  postRefund,
  postRenew,
} from '../api';
import { abandonKey, captureCharge, changeCharge, disputeCharge, giveBack } from '../use-cases/change-charge';

const env = environment({ SANDBOX_TABLE: text });
const ports = { ledger: new DynamodbLedger(dynamodb, env.SANDBOX_TABLE), clock: Date.now };

const noKey = () =>
  refuse('IDEMPOTENCY_KEY_INVALID', 'Send an Idempotency-Key of 1 to 255 printable characters.');

/** All that is left needs no key: it is taken once in any case. */
const capture = http(postCapture, async ({ path, body, headers }) => {
  const key = headers['idempotency-key'];
  if (body.amount !== undefined && !isProviderKey(key)) return noKey();
  return ok(await captureCharge(ports, path.id, { key, ...body }));
});

const refund = http(postRefund, async ({ path, body, headers }) => {
  const key = headers['idempotency-key'];
  return isProviderKey(key) ? stored(await giveBack(ports, path.id, { key, amount: body.amount })) : noKey();
});

/** The rare verbs share one function: all of them change one row in the same way. */
const routes = {
  [`POST ${postRefund.path}`]: refund,
  [`POST ${postCapture.path}`]: capture,
  [`POST ${postRenew.path}`]: http(postRenew, async ({ path }) =>
    ok(await changeCharge(ports, path.id, 'renew')),
  ),
  [`POST ${postDispute.path}`]: http(postDispute, async ({ path, body }) =>
    ok(await disputeCharge(ports, path.id, body.outcome)),
  ),
  [`POST ${postExpire.path}`]: http(postExpire, async ({ path }) =>
    ok(await changeCharge(ports, path.id, 'expire')),
  ),
  [`POST ${postAction.path}`]: http(postAction, async ({ path, body }) =>
    ok(await changeCharge(ports, path.id, body.outcome)),
  ),
  [`POST ${postAbandonment.path}`]: http(postAbandonment, async ({ body }) =>
    ok(await abandonKey(ports, body.key)),
  ),
};

export const handler = (event: APIGatewayProxyEventV2, context: Context) => {
  const route = routes[event.routeKey];
  if (!route) throw new Error(`No route ${event.routeKey}: functions.yml and api.ts of the sandbox differ`);
  return route(event, context);
};
