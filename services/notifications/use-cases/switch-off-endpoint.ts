import type { Clock } from '../../../shared/kernel/time';
import { type Delivery, type DueAttempt, type Endpoint, GIVEN_UP_LIMIT, isGone } from '../domain/webhook';
import type { Endpoints, Owners } from '../ports/webhooks';

interface Ports {
  endpoints: Endpoints;
  owners: Owners;
  clock: Clock;
}

/** After a delivery was given up with this result. */
export async function switchOffIfDue(
  ports: Ports,
  endpoint: Endpoint,
  result: string,
  correlationId: string,
): Promise<void> {
  if (isGone(result)) await switchOff(ports, endpoint, 'GONE', correlationId);
  else if (endpoint.failures >= GIVEN_UP_LIMIT)
    await switchOff(ports, endpoint, 'REPEATED_FAILURE', correlationId);
}

/** The process that gave the delivery up may have died before it came to this; what staff said since stands. */
export async function switchOffIfLeft(
  ports: Ports,
  endpoint: Endpoint,
  { status, tries, attempts }: Delivery,
  due: DueAttempt,
): Promise<void> {
  const last = attempts.at(-1);
  const isTheLast = status === 'failed' && tries === due.attempt;
  if (!isTheLast || !last || endpoint.status !== 'enabled' || endpoint.updatedAt > last.at) return;
  await switchOffIfDue(ports, endpoint, last.result, due.correlationId);
}

/** The mail first: its id follows from the endpoint's version, so that it is written once however often this runs. */
async function switchOff(
  { endpoints, owners, clock }: Ports,
  endpoint: Endpoint,
  because: string,
  correlationId: string,
): Promise<void> {
  await owners.tellDisabled(endpoint, because, correlationId, clock());
  await endpoints.disable(endpoint.id, because, clock());
}
