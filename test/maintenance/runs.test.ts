import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { DynamodbRuns } from '../../services/maintenance/adapters/dynamodb-runs';
import type { DocumentClient } from '../../shared/aws/dynamodb';

interface Update {
  ExpressionAttributeValues: { ':me': string; ':until': number };
}

const refused = (row: object): Error =>
  new ConditionalCheckFailedException({ $metadata: {}, message: 'no', Item: marshall(row) });

const runsWhere = (answer: (update: Update) => object) => {
  const client = { send: async ({ input }: { input: Update }) => answer(input) };
  return new DynamodbRuns(client as unknown as DocumentClient, 'maintenance', () => 1000);
};

test('a lease whose answer was lost is met again by the repeated call, and is its own', async () => {
  const state = JSON.stringify({ day: 2 });
  const runs = runsWhere(({ ExpressionAttributeValues: { ':me': owner, ':until': until } }) => {
    throw refused({ id: 'reconcile', owner, until, state });
  });
  expect((await runs.take('reconcile'))?.state).toEqual({ day: 2 });
});

test('a lease that another run has is not taken', async () => {
  const runs = runsWhere(() => {
    throw refused({ id: 'reconcile', owner: 'another', until: 2000 });
  });
  expect(await runs.take('reconcile')).toBeUndefined();
});
