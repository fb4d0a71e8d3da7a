import { PermanentFault } from '../../../shared/kernel/permanent-fault';
import { type Kind, type PersonRequest, STEPS, type Step } from '../domain/person-request';

/** The row is the request, with its time to live. */
export type PersonRequestRow = PersonRequest & { ttl: number };

export const fromRow = ({ ttl: _, ...request }: Record<string, unknown>): PersonRequest =>
  request as unknown as PersonRequest;

/** The request that a change of its row tells of. @throws PermanentFault for one that is none. */
export function readRequestRow(row: Record<string, unknown>): PersonRequest | undefined {
  const request = fromRow(row);
  const { id, kind, status, step, person, version } = request;
  const known = Object.hasOwn(STEPS, kind) && (STEPS[kind as Kind] as readonly Step[]).includes(step);
  if (!id || !known || !person || !Number.isInteger(version))
    throw new PermanentFault('The row is no request about a person');
  return status === 'RUNNING' ? request : undefined;
}
