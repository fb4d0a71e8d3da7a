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

/** Full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ */
export const jitter = (attempt: number, random: () => number = Math.random): number =>
  random() * BASE_PAUSE * 2 ** attempt;

const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Repeats what may be repeated, under the same idempotency key; gives the last fault on when that did not help. */
export async function withRetries<T>(
  call: () => Promise<T>,
  pause: (milliseconds: number) => Promise<void> = sleep,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      const over = attempt === TRIES || currentInvocation()?.signal.aborted;
      if (over || !(error instanceof ProviderFault) || !error.mayRetry) throw error;
    }
    await pause(jitter(attempt));
  }
}
