import { isRefusal, type Refusal, refuse } from '../../../shared/kernel/refusal';
import { iso } from '../../../shared/kernel/time';
import type { Endpoint } from '../domain/webhook';
import { urlFault } from '../domain/webhook-url';
import type { Act, Endpoints } from '../ports/webhooks';
import { refuseUrl } from './create-endpoint';

interface Target {
  id: string;
  /** The version that the caller saw; undefined where any will do. */
  seen: number | undefined;
}

const stale = (): Refusal => refuse('STALE', 'The endpoint was changed meanwhile. Read it again.');

async function current(
  { endpoints }: { endpoints: Pick<Endpoints, 'find'> },
  { id, seen }: Target,
): Promise<Endpoint | Refusal> {
  const endpoint = await endpoints.find(id);
  if (!endpoint) return refuse('NOT_FOUND', 'There is no such endpoint.');
  return seen !== undefined && seen !== endpoint.version ? stale() : endpoint;
}

export async function changeEndpoint(
  ports: { endpoints: Pick<Endpoints, 'find' | 'save'>; allowedHosts: readonly string[] },
  target: Target,
  wanted: Partial<Pick<Endpoint, 'url' | 'events' | 'description' | 'ownerEmail' | 'status'>>,
  act: Act,
): Promise<Endpoint | Refusal> {
  const fault = wanted.url && urlFault(wanted.url, ports.allowedHosts);
  if (fault) return refuseUrl(fault);
  const endpoint = await current(ports, target);
  if (isRefusal(endpoint)) return endpoint;
  const changed: Endpoint = {
    ...endpoint,
    ...wanted,
    // Switched on again it starts anew.
    ...(wanted.status === 'enabled' ? { failures: 0, disabledBecause: undefined } : {}),
    version: endpoint.version + 1,
    updatedAt: iso(act.at),
  };
  return (await ports.endpoints.save(changed, act)) ? changed : stale();
}

export async function deleteEndpoint(
  ports: { endpoints: Pick<Endpoints, 'find' | 'remove'> },
  target: Target,
  act: Act,
): Promise<{ id: string; deleted: true } | Refusal> {
  const endpoint = await current(ports, target);
  if (isRefusal(endpoint)) return endpoint;
  return (await ports.endpoints.remove(endpoint, act)) ? { id: target.id, deleted: true } : stale();
}
