import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ulid } from 'ulid';
import { type Catalogue, catalogue } from '../../../scripts/demo-data/catalogue';
import { newId } from '../../../shared/kernel/ids';
import { iso, MINUTE } from '../../../shared/kernel/time';
import { awsClient } from '../../support/aws-client';
import { stack } from '../../support/stack';
import { waitFor } from '../../support/wait-for';

/** Invokes a deployed function and reads its answer. @throws Error with what the function threw */
export async function invoke<T = Record<string, unknown>>(functionKey: string, payload: unknown): Promise<T> {
  const client = await awsClient(LambdaClient);
  const FunctionName = `orderly-${(await stack()).stage}-${functionKey}`;
  // The local AWS refuses while it has no worker free: nothing ran, so it is asked again.
  const answer = await waitFor(
    () => client.send(new InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify(payload)) })),
    { limit: 50_000, what: `${functionKey} to answer`, again: 'TooManyRequestsException' },
  );
  const text = Buffer.from(answer.Payload ?? []).toString('utf8');
  if (answer.FunctionError) throw new Error(`${functionKey}: ${text}`);
  return JSON.parse(text);
}

export async function deployedCatalogue(): Promise<Catalogue> {
  const { endpoint, region, stage } = await stack();
  return catalogue({ endpoint, region, stage });
}

/** A product of the test's own; its id is older than any other, so that it comes last in the list of products. */
export async function newProduct(stock: number, price = 100): Promise<string> {
  const id = `prd_${ulid(1)}`;
  const facts = { name: 'Test Spoon', description: 'Made for one test.', category: 'test', price };
  await (await deployedCatalogue()).save({ id, ...facts, stock });
  return id;
}

export const newOrderId = (): string => newId('ord');

/** The steps of the saga on the deployed functions; each answers its outcome. */
export const steps = {
  async reserve(orderId: string, attempt: number, lines: Record<string, number>, holdFor = 45 * MINUTE) {
    const { outcome } = await invoke('reserveInventory', {
      orderId,
      attempt,
      correlationId: 'e2e-inventory',
      lines: Object.entries(lines).map(([productId, quantity]) => ({ productId, quantity })),
      holdUntil: iso(Date.now() + holdFor),
    });
    return outcome;
  },
  commit: async (orderId: string, attempt: number) =>
    (await invoke('commitInventory', { orderId, attempt, correlationId: 'e2e-inventory' })).outcome,
  release: async (orderId: string, attempt: number) =>
    (await invoke('releaseInventory', { orderId, attempt, correlationId: 'e2e-inventory' })).outcome,
};
