import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { isThrottling } from '../lambda/transient';
import type { DocumentClient } from './dynamodb';

export type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** Why one item of a transaction was refused, with the row that stood in its way. */
export interface Hindrance {
  index: number;
  row: Record<string, unknown> | undefined;
}

export type Committed = { committed: true } | { committed: false; hindrances: Hindrance[] };

const CONTENTION = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

const TRIES = 3;

/** Contention is a fault of the moment, never an answer: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
export class Contention extends Error {
  override name = 'TransactionConflictException';
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The conditions that failed; undefined when the transaction lost against another and may be tried again. */
function hindrancesOf(error: TransactionCanceledException): Hindrance[] | undefined {
  const reasons = error.CancellationReasons ?? [];
  const hindrances = reasons.flatMap(({ Code, Item }, index) =>
    Code === 'ConditionalCheckFailed' ? [{ index, row: Item ? unmarshall(Item) : undefined }] : [],
  );
  if (hindrances.length > 0) return hindrances;
  if (reasons.some(({ Code }) => CONTENTION.has(Code ?? ''))) return undefined;
  throw error;
}

/**
 * All writes or none. A failed condition is a value; contention is tried again with jitter.
 * @throws Contention after three tries.
 */
export async function transact(client: DocumentClient, writes: Write[]): Promise<Committed> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    try {
      await client.send(new TransactWriteCommand({ TransactItems: writes }));
      return { committed: true };
    } catch (error) {
      if (isThrottling(error)) throw new Contention('DynamoDB has no room for more writes');
      if (!(error instanceof TransactionCanceledException)) throw error;
      const hindrances = hindrancesOf(error);
      if (hindrances) return { committed: false, hindrances };
    }
    await pause(Math.random() * 50 * 2 ** attempt);
  }
  throw new Contention('Other writes to the same rows kept winning');
}
