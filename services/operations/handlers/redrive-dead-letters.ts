import { isRefusal } from '../../../shared/kernel/refusal';
import { http, json } from '../../../shared/lambda/http';
import { invocation } from '../../../shared/lambda/invocation';
import { actingPorts } from '../adapters/ports-of-function';
import { redriveDeadLettersRoute } from '../api';
import { redriveDeadLetters } from '../use-cases/redrive-dead-letters';

const ports = actingPorts();

const DEFAULT_LIMIT = 10;

export const handler = http(redriveDeadLettersRoute, async ({ caller, path, body }) => {
  const done = await redriveDeadLetters(ports, {
    queue: path.queue,
    staffId: caller.id,
    correlationId: invocation().correlationId,
    limit: body.ids?.length ?? body.limit ?? DEFAULT_LIMIT,
    before: body.before ? Date.parse(body.before) : Number.POSITIVE_INFINITY,
    ids: body.ids,
  });
  return isRefusal(done) ? done : json(200, { items: done });
});
