import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import { transact, type Write } from '../../../shared/aws/transaction';
import { PermanentFault } from '../../../shared/kernel/permanent-fault';
import { epochSeconds, HOUR, iso } from '../../../shared/kernel/time';
import type { Cell } from '../domain/cell';
import { packKeys, unpackKeys } from '../domain/click-key';
import type { Commit } from '../domain/commit-plan';
import type { CountedKeys, ShardMemory } from '../domain/shard-memory';
import type { ShardLedger, ShardState } from '../ports/clicks';
import { expiryOf, keyOf } from './count-row';

/** A record may wait 12 hours for its reader: so long its keys have to be known, and the window beside. */
const KEPT = 13 * HOUR;

const CHECKPOINT = 'checkpoint';
const partition = (shardId: string): string => `shard#${shardId}`;
const keysAt = (checkpoint: string): string => `keys#${checkpoint}`;

interface KeysRow {
  sk: string;
  keys: Uint8Array;
  arrivedAt: number;
}

interface Tables {
  counts: string;
  shards: string;
}

interface Ancestry {
  ancestorsOf(shardId: string): Promise<string[] | undefined>;
}

export class DynamoDbShardLedger implements ShardLedger {
  constructor(
    private readonly client: DocumentClient,
    private readonly tables: Tables,
    private readonly tree: Ancestry,
    private readonly now: () => number = Date.now,
  ) {}

  /** The stream is asked where a shard comes from until it knows, which is as a rule once in the shard's life. */
  async stateOf(shardId: string): Promise<ShardState> {
    const { Item } = await this.client.send(
      new GetCommand({
        TableName: this.tables.shards,
        Key: { pk: partition(shardId), sk: CHECKPOINT },
        ConsistentRead: true,
      }),
    );
    const known = Item?.ancestors as string[] | undefined;
    return {
      checkpoint: Item && String(Item.checkpoint),
      ancestors: known ?? (await this.tree.ancestorsOf(shardId)),
    };
  }

  /** From the last commit backwards, until one is older than what is asked for. */
  async keysOf(shardId: string, since: number, after = ''): Promise<CountedKeys[]> {
    const found: CountedKeys[] = [];
    let start: Record<string, unknown> | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await this.client.send(
        new QueryCommand({
          TableName: this.tables.shards,
          KeyConditionExpression: '#pk = :pk AND #sk BETWEEN :after AND :end',
          ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk' },
          ExpressionAttributeValues: {
            ':pk': partition(shardId),
            ':after': keysAt(after),
            ':end': keysAt('~'),
          },
          ConsistentRead: true,
          ScanIndexForward: false,
          ExclusiveStartKey: start,
        }),
      );
      const rows = Items as KeysRow[];
      const wanted = rows.filter(({ sk, arrivedAt }) => arrivedAt >= since && sk !== keysAt(after));
      found.push(...wanted.map(({ keys, arrivedAt }) => ({ keys: unpackKeys(keys), arrivedAt })));
      start = wanted.length === rows.length ? LastEvaluatedKey : undefined;
    } while (start);
    return found.reverse();
  }

  async commit(shardId: string, memory: ShardMemory, commit: Commit): Promise<boolean> {
    const writes = [
      this.checkpoint(shardId, memory, commit),
      ...(commit.keys.length > 0 ? [this.keys(shardId, commit)] : []),
      ...commit.cells.map((cell) => this.count(shardId, cell)),
    ];
    try {
      return (await transact(this.client, writes)).committed;
    } catch (error) {
      if (!isRefusedForGood(error)) throw error;
      throw new PermanentFault(`The counts cannot be written: ${(error as Error).message}`, { cause: error });
    }
  }

  private checkpoint(shardId: string, { checkpoint, ancestors }: ShardMemory, commit: Commit): Write {
    return {
      Put: {
        TableName: this.tables.shards,
        Item: {
          pk: partition(shardId),
          sk: CHECKPOINT,
          checkpoint: commit.checkpoint,
          ancestors,
          at: iso(this.now()),
        },
        ...(checkpoint === undefined
          ? {
              ConditionExpression: 'attribute_not_exists(#pk)',
              ExpressionAttributeNames: { '#pk': 'pk' },
            }
          : {
              ConditionExpression: '#checkpoint = :seen',
              ExpressionAttributeNames: { '#checkpoint': 'checkpoint' },
              ExpressionAttributeValues: { ':seen': checkpoint },
            }),
      },
    };
  }

  private keys(shardId: string, { keys, checkpoint, arrivedAt }: Commit): Write {
    return {
      Put: {
        TableName: this.tables.shards,
        Item: {
          pk: partition(shardId),
          sk: keysAt(checkpoint),
          keys: packKeys(keys),
          arrivedAt,
          ttl: epochSeconds(this.now() + KEPT),
        },
      },
    };
  }

  private count(shardId: string, cell: Cell): Write {
    const counts = Object.entries(cell.counts);
    return {
      Update: {
        TableName: this.tables.counts,
        Key: keyOf(cell, shardId),
        UpdateExpression: `SET #minute = :minute, #key = :key, #ttl = :ttl ADD ${counts
          .map((_, index) => `#c${index} :c${index}`)
          .join(', ')}`,
        ExpressionAttributeNames: {
          '#minute': 'minute',
          '#key': 'key',
          '#ttl': 'ttl',
          ...Object.fromEntries(counts.map(([name], index) => [`#c${index}`, name])),
        },
        ExpressionAttributeValues: {
          ':minute': cell.minute,
          ':key': cell.key,
          ':ttl': expiryOf(cell.minute, this.now()),
          ...Object.fromEntries(counts.map(([, many], index) => [`:c${index}`, many])),
        },
      },
    };
  }
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html#API_TransactWriteItems_Errors */
function isRefusedForGood(error: unknown): boolean {
  const { name, CancellationReasons = [] } = error as {
    name?: string;
    CancellationReasons?: { Code?: string }[];
  };
  return (
    name === 'ValidationException' ||
    CancellationReasons.some(({ Code }) =>
      ['ValidationError', 'ItemCollectionSizeLimitExceeded'].includes(Code ?? ''),
    )
  );
}
