import { SECOND } from '../../../shared/kernel/time';

/** As long as the functions asked may run: a second question while the first is being answered doubles the work. */
export const ANSWERED_WITHIN = { requestTimeout: 7 * SECOND };

/** What a function answered; undefined when that is no JSON. */
export function payloadOf(payload: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(payload ?? []).toString('utf8'));
  } catch {
    return undefined;
  }
}
