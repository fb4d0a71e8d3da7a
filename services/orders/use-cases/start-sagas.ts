import type { AttemptRequest, StartsSagas } from '../ports/event-readers';

/** Starts all it can; @throws AggregateError when some could not be started, so that the batch comes again. */
export async function startSagas(
  { sagas }: { sagas: StartsSagas },
  requests: readonly AttemptRequest[],
): Promise<void> {
  const started = await Promise.allSettled(requests.map((request) => sagas.start(request)));
  const failures = started.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} of ${requests.length} sagas not started`);
}
