import { invocation } from '../../../shared/lambda/invocation';
import type { Tally } from '../ports/sending';

export const emfTally: Tally = { count: (what) => invocation().metrics.add(what) };
