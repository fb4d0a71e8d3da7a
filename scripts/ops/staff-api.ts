import type { Command } from 'commander';
import { demoToken } from '../local/demo-token';
import { Problem } from '../local/problem';
import { readRunningStack } from '../local/running-stack';

interface Options {
  api?: string;
  token?: string;
}

export interface StaffApi {
  // biome-ignore lint/suspicious/noExplicitAny: an answer is shown as it came
  call(route: string, body?: unknown): Promise<any>;
}

/** The staff API of the stage that the options name, or of the local stack, signed in as its demo staff. */
export async function staffApi(command: Command): Promise<StaffApi> {
  const { api, token = process.env.ORDERLY_TOKEN } = command.optsWithGlobals<Options>();
  if (api && !token) {
    throw new Problem(
      'A stage needs an access token of a member of staff.',
      'Set ORDERLY_TOKEN, or pass --token',
    );
  }
  const stage = api && token ? { url: api, token } : await local();
  return { call: (route, body) => call(stage, route, body) };
}

async function local(): Promise<{ url: string; token: string }> {
  const stack = await readRunningStack();
  return { url: stack.apiUrl, token: await demoToken(stack, 'staff') };
}

async function call({ url, token }: { url: string; token: string }, route: string, body?: unknown) {
  const [method, path] = route.split(' ');
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(method === 'POST' ? { 'idempotency-key': crypto.randomUUID() } : {}),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  if (answer.ok) return text === '' ? undefined : JSON.parse(text);
  throw new Problem(`${route}: ${answer.status} ${sayingOf(text)}`, wayOut(answer.status));
}

function sayingOf(text: string): string {
  try {
    const { code, detail, message, correlationId } = JSON.parse(text);
    return [code, detail ?? message, correlationId && `(${correlationId})`].filter(Boolean).join(' ');
  } catch {
    return text.slice(0, 200);
  }
}

const wayOut = (status: number): string => {
  if (status === 401) return 'The token has expired: sign in again';
  if (status === 403) return 'The account has to be in the group staff';
  if (status === 404) return 'Look at the name: npm run ops -- dlq list, or order find';
  return status >= 500 || status === 429 ? 'Try again in a moment' : 'Mend what the message names';
};
