import { SECOND } from '../../../shared/kernel/time';
import { currentInvocation } from '../../../shared/lambda/invocation';
import { ProviderFault } from '../ports/payment-gateway';

/** What a customer would wait; the provider answers in well under a second. */
export const PROVIDER_TIMEOUT = 3 * SECOND;

/** Three tries of 3 s and their pauses end before the deadline of a 12 s function. */
const TRIES = 3;
const BASE_PAUSE = 100;

/** Ends one call after 3 s, and every call with the invocation. */
export function callSignal(): AbortSignal {
  const deadline = currentInvocation()?.signal;
  const timeout = AbortSignal.timeout(PROVIDER_TIMEOUT);
  return deadline ? AbortSignal.any([deadline, timeout]) : timeout;
}

/** A provider without room for us is asked until the deadline is near: 6 s of pauses on average. */
const BUSY_TRIES = 8;
const BUSY_BASE_PAUSE = 250;
const MAX_PAUSE = 2 * SECOND;

/** Full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ */
export const jitter = (attempt: number, busy = false, random: () => number = Math.random): number =>
  random() * Math.min((busy ? BUSY_BASE_PAUSE : BASE_PAUSE) * 2 ** attempt, MAX_PAUSE);

const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

const mayTryAgain = (error: unknown, attempt: number): error is ProviderFault =>
  error instanceof ProviderFault && error.mayRetry && attempt < (error.busy ? BUSY_TRIES : TRIES);

/** Repeats what may be repeated, under the same idempotency key; gives the last fault on when that did not help. */
export async function withRetries<T>(
  call: () => Promise<T>,
  pause: (milliseconds: number) => Promise<void> = sleep,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (!mayTryAgain(error, attempt)) throw error;
      await pause(jitter(attempt, error.busy));
      // Past the deadline nothing is sent any more, so the last answer stands.
      if (currentInvocation()?.signal.aborted) throw error;
    }
  }
}
