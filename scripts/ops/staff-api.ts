import type { Command } from 'commander';
import { demoToken } from '../local/demo-token';
import { Problem } from '../local/problem';
import { type RunningStack, readRunningStack } from '../local/running-stack';

interface Options {
  api?: string;
  token?: string;
}

export interface StaffApi {
  // biome-ignore lint/suspicious/noExplicitAny: an answer is shown as it came
  call(route: string, body?: unknown): Promise<any>;
}

export interface AsksOnce extends StaffApi {
  /** Asked again under its key within a day, it is `replayed`: this very request was taken before. */
  once(route: string, body: unknown, key: string): Promise<{ replayed: boolean }>;
}

/** The API's own refusal, by its code. */
export class Refused extends Problem {
  constructor(
    readonly code: string | undefined,
    message: string,
    wayOut: string,
  ) {
    super(message, wayOut);
  }
}

interface Stage {
  url: string;
  token: string;
}

/** The staff API of the stage that the options name, or of the local stack, signed in as its demo staff. */
export async function staffApi(command: Command): Promise<AsksOnce> {
  const stage = await stageOf(command.optsWithGlobals<Options>());
  return {
    call: async (route, body) => (await send(stage, route, body)).body,
    once: async (route, body, key) => {
      const { headers } = await send(stage, route, body, key);
      return { replayed: headers.get('idempotent-replayed') === 'true' };
    },
  };
}

export async function stageOf(
  { api, token = process.env.ORDERLY_TOKEN }: Options,
  local: () => Promise<RunningStack> = readRunningStack,
): Promise<Stage> {
  if (api && !token) {
    throw new Problem(
      'A stage needs an access token of a member of staff.',
      "Sign in by Cognito's InitiateAuth as a member of the group staff (services/accounts/README.md), and set ORDERLY_TOKEN or pass --token",
    );
  }
  if (api && token) return { url: api.replace(/\/+$/, ''), token };
  const stack = await local();
  return { url: stack.apiUrl, token: token || (await demoToken(stack, 'staff')) };
}

async function send({ url, token }: Stage, route: string, body?: unknown, key: string = crypto.randomUUID()) {
  const [method, path] = route.split(' ');
  const answer = await reach(url, `${url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(method === 'POST' ? { 'idempotency-key': key } : {}),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  const said = parsed(text);
  if (!answer.ok) throw refusalOf(route, answer.status, said ?? { detail: text.slice(0, 200) });
  if (text !== '' && said === undefined) throw new Problem(`${url} did not answer with JSON.`, IS_IT_RIGHT);
  return { headers: answer.headers, body: said };
}

const IS_IT_RIGHT = "Is --api (or ORDERLY_API) right? It is the stage's output apiUrl";

async function reach(url: string, address: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(address, request);
  } catch (error) {
    const cause = (error as Error).cause as (Error & { code?: string }) | undefined;
    const why = cause?.code ?? cause?.message ?? (error as Error).message;
    throw new Problem(`Cannot reach ${url}: ${why}`, IS_IT_RIGHT, { cause: error });
  }
}

// biome-ignore lint/suspicious/noExplicitAny: an answer is shown as it came
function parsed(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Said {
  code?: string;
  detail?: string;
  /** The gateway's own answers have no other word. */
  message?: string;
  correlationId?: string;
  errors?: { pointer: string; detail: string }[];
}

function refusalOf(route: string, status: number, said: Said): Refused {
  const { code, detail, message, correlationId, errors = [] } = said;
  const words = [code, detail ?? message, correlationId && `(${correlationId})`].filter(Boolean).join(' ');
  const violations = errors.map((one) => `\n    ${one.pointer || 'body'}: ${one.detail}`).join('');
  return new Refused(code, `${route}: ${status} ${words}${violations}`, wayOut(status, code));
}

function wayOut(status: number, code?: string): string {
  if (status === 401)
    return 'The token has expired or is not one of this stage: sign in again (without ORDERLY_TOKEN and --token the local stack signs in by itself)';
  if (status === 403) return 'The account has to be in the group staff';
  if (status === 404 && !code) return "There is no such route there: is --api the stage's apiUrl?";
  if (status === 404) return 'Look at the name: npm run ops -- dlq list, or order find';
  return status >= 500 || status === 429 ? 'Try again in a moment' : 'Mend what the message names';
}
