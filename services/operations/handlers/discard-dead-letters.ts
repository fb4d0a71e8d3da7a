import { isRefusal } from '../../../shared/kernel/refusal';
import { http, json } from '../../../shared/lambda/http';
import { invocation } from '../../../shared/lambda/invocation';
import { actingPorts } from '../adapters/ports-of-function';
import { discardDeadLettersRoute } from '../api';
import { discardDeadLetters } from '../use-cases/discard-dead-letters';

const ports = actingPorts();

export const handler = http(discardDeadLettersRoute, async ({ caller, path, body }) => {
  const { correlationId } = invocation();
  const command = { ...body, queue: path.queue, staffId: caller.id, correlationId };
  const discarded = await discardDeadLetters(ports, command);
  return isRefusal(discarded) ? discarded : json(200, { discarded });
});
