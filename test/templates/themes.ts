import type { Rules } from './rule';
import { rules as alarms } from './rules/alarms';
import { rules as api } from './rules/api';
import { rules as data } from './rules/data';
import { rules as environment } from './rules/environment';
import { rules as functions } from './rules/functions';
import { rules as queues } from './rules/queues';
import { rules as roles } from './rules/roles';
import { rules as saga } from './rules/saga';
import { rules as stacks } from './rules/stacks';
import { rules as triggers } from './rules/triggers';
import { rules as zips } from './rules/zips';

export const themes: Record<string, Rules> = {
  stacks,
  roles,
  functions,
  environment,
  queues,
  triggers,
  data,
  api,
  saga,
  alarms,
  zips,
};
