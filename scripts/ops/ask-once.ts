import { createHash } from 'node:crypto';
import { Problem } from '../local/problem';
import { type AsksOnce, Refused, type StaffApi } from './staff-api';

export type Act = 'export' | 'erase';

/** One of them, as the API calls it. */
export interface Named {
  customerId?: string;
  orderId?: string;
  email?: string;
}

export interface Request {
  requestId: string;
  kind: string;
  status: 'RUNNING' | 'DONE' | 'REFUSED';
  step: string;
  customerId?: string;
  orderId?: string;
  orders: number;
  openOrders?: string[];
  files?: { name: string; url: string }[];
}

export const look = (api: StaffApi, request: string): Promise<Request> =>
  api.call(`GET /staff/people/requests/${request}`);

/**
 * Asks, or joins what was asked before: a repeat is usual after an interruption. It joins only a request of the same kind
 * and person, since whoever types the id of another request is shown no files of that one's, nor told that it is done.
 */
export async function askOnce(api: AsksOnce, act: Act, requestId: string, named: Named): Promise<void> {
  const route = `POST /staff/people/${act}`;
  const body = { requestId, ...named };
  try {
    const { replayed } = await api.once(route, body, keyOf(act, body));
    if (!replayed) return;
  } catch (error) {
    if (!isCode(error, 'CONFLICT')) throw orStatus(error, requestId);
    return await join(api, act, requestId, named, error);
  }
  console.log(`${requestId} was asked for before; this is how far it is`);
  await anew(api, route, body);
}

/** The same words have the same key, by which the API knows them again for a day, also when it shows no names. */
const keyOf = (act: Act, body: object): string =>
  `ops-${createHash('sha256')
    .update(JSON.stringify([act, body]))
    .digest('base64url')}`;

/** One that was refused, or stands still, begins anew; one that runs or is done stays as it is. */
async function anew(api: StaffApi, route: string, body: object): Promise<void> {
  try {
    await api.call(route, body);
  } catch (error) {
    if (!isCode(error, 'CONFLICT') && !isCode(error, 'NOT_FOUND')) throw error;
  }
}

async function join(api: StaffApi, act: Act, request: string, named: Named, refused: Refused): Promise<void> {
  const { kind, customerId, orderId } = await look(api, request);
  if (kind !== act.toUpperCase())
    throw new Problem(refused.message, `Take the id under which this ${act} was signed off`);
  const isSame =
    (customerId !== undefined && customerId === named.customerId) ||
    (orderId !== undefined && orderId === named.orderId);
  if (!isSame)
    throw new Problem(
      `${refused.message}\n  It may be of somebody else: nothing more was done.`,
      `If you know it is theirs: npm run ops -- person status ${request}`,
    );
  console.log(`${request} was asked for before; this is how far it is`);
}

const isCode = (error: unknown, code: string): error is Refused =>
  error instanceof Refused && error.code === code;

const orStatus = (error: unknown, request: string): unknown =>
  isCode(error, 'NOT_FOUND')
    ? new Problem(
        error.message,
        `Look at the name; how far an earlier request came: npm run ops -- person status ${request}`,
      )
    : error;
