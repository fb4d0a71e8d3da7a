import { randomUUID } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import { type Clock, MINUTE } from '../../../shared/kernel/time';
import type { Run, Runs } from '../ports/runs';

/** Far longer than a page takes, far shorter than the time to the next run. */
const LEASE = 5 * MINUTE;

const names = { '#owner': 'owner', '#until': 'until', '#state': 'state' };

/** One row a job: who works on it until when, and how far it came. */
export class DynamodbRuns implements Runs {
  constructor(
    private readonly client: DocumentClient,
    private readonly table: string,
    private readonly clock: Clock,
  ) {}

  async take<State>(job: string): Promise<Run<State> | undefined> {
    const me = randomUUID();
    const now = this.clock();
    const row = await this.update(job, {
      UpdateExpression: 'SET #owner = :me, #until = :until',
      ConditionExpression: 'attribute_not_exists(#owner) OR #until <= :now',
      ExpressionAttributeNames: { '#owner': 'owner', '#until': 'until' },
      ExpressionAttributeValues: { ':me': me, ':until': now + LEASE, ':now': now },
    });
    return row && this.run<State>(job, me, row.state);
  }

  private run<State>(job: string, me: string, kept: unknown): Run<State> {
    const mine = { ConditionExpression: '#owner = :me', ExpressionAttributeNames: names };
    return {
      state: kept === undefined ? undefined : (JSON.parse(String(kept)) as State),
      keep: async (state) => {
        const row = await this.update(job, {
          ...mine,
          UpdateExpression: 'SET #until = :until, #state = :state',
          ExpressionAttributeValues: {
            ':me': me,
            ':until': this.clock() + LEASE,
            ':state': JSON.stringify(state),
          },
        });
        return row !== undefined;
      },
      end: async () => {
        await this.update(job, {
          ...mine,
          UpdateExpression: 'REMOVE #owner, #until, #state',
          ExpressionAttributeValues: { ':me': me },
        });
      },
      pause: async () => {
        await this.update(job, {
          ConditionExpression: '#owner = :me',
          ExpressionAttributeNames: { '#owner': 'owner', '#until': 'until' },
          UpdateExpression: 'REMOVE #owner, #until',
          ExpressionAttributeValues: { ':me': me },
        });
      },
    };
  }

  private async update(
    id: string,
    update: Pick<
      UpdateCommand['input'],
      'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
    >,
  ): Promise<Record<string, unknown> | undefined> {
    try {
      const { Attributes } = await this.client.send(
        new UpdateCommand({
          TableName: this.table,
          Key: { id },
          ...update,
          ReturnValues: 'ALL_NEW',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return Attributes ?? {};
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const row = error.Item && unmarshall(error.Item);
      // A repeated call whose first answer was lost finds the lease taken, by itself.
      return row?.owner === update.ExpressionAttributeValues?.[':me'] ? row : undefined;
    }
  }
}
