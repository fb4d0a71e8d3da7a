import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';

/** What a function answered: nothing where it failed, undefined where that was no JSON. */
export type Asked = { failed: string } | { answer: unknown };

/**
 * Invokes a function and waits for its answer, by which one service asks another (docs/rules.md, 11).
 * @param within milliseconds that the answer may take: as long as the function may run, since a second question while the
 * first is being answered doubles the work; the client's own time-out unless given.
 */
export async function askFunction(
  client: LambdaClient,
  FunctionName: string,
  input: object,
  within?: number,
): Promise<Asked> {
  const { Payload, FunctionError } = await client.send(
    new InvokeCommand({ FunctionName, Payload: JSON.stringify(input) }),
    within === undefined ? {} : { requestTimeout: within },
  );
  return FunctionError ? { failed: FunctionError } : { answer: parsed(Payload) };
}

function parsed(payload: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(payload ?? []).toString('utf8'));
  } catch {
    return undefined;
  }
}
