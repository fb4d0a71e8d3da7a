import type { IdempotentRequest, Reply } from '../../../shared/kernel/idempotency';
import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import { iso } from '../../../shared/kernel/time';
import { type Endpoint, MOST_ENDPOINTS } from '../domain/webhook';
import { urlFault } from '../domain/webhook-url';
import type { Act, Endpoints, Replies } from '../ports/webhooks';

interface Ports {
  endpoints: Pick<Endpoints, 'all' | 'create'>;
  replies: Replies;
  newId: () => string;
  newSecret: () => string;
  allowedHosts: readonly string[];
  answer: (endpoint: Endpoint) => Reply;
}

type Wanted = Pick<Endpoint, 'url' | 'events' | 'description' | 'ownerEmail'>;

export const refuseUrl = (detail: string): Refusal =>
  refuse('VALIDATION_FAILED', 'The URL cannot be an endpoint.', { errors: [{ pointer: '/url', detail }] });

export async function createEndpoint(
  ports: Ports,
  wanted: Wanted,
  request: IdempotentRequest,
  act: Act,
): Promise<Reply | Refusal> {
  const fault = urlFault(wanted.url, ports.allowedHosts);
  if (fault) return refuseUrl(fault);
  const before = await ports.replies.find(request, act.at);
  if (before) return before;
  if ((await ports.endpoints.all()).length >= MOST_ENDPOINTS)
    return refuse('CONFLICT', `There are ${MOST_ENDPOINTS} endpoints already. Delete one that is not used.`);
  const at = iso(act.at);
  const endpoint: Endpoint = {
    ...wanted,
    id: ports.newId(),
    secret: ports.newSecret(),
    status: 'enabled',
    failures: 0,
    version: 1,
    createdAt: at,
    updatedAt: at,
  };
  const reply = ports.answer(endpoint);
  const created = await ports.endpoints.create(endpoint, { request, reply }, act);
  if (created.done) return reply;
  return created.answer ?? refuse('CONFLICT', 'Send the same request again.', { retryAfter: 1 });
}
