import { invocation } from '../../../shared/lambda/invocation';
import type { Tally } from '../ports/clicks';

export const emfTally: Tally = {
  filtered: (reason, count) => invocation().metrics.add('clicksFiltered', count, 'Count', { reason }),
  count: (what, count) => invocation().metrics.add(what, count),
};
