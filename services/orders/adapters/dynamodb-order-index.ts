import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../../shared/aws/dynamodb';

/** The index, the attribute that its partitions are named by, and the one that has the order's id. */
const INDEXES = {
  byCustomer: { partition: 'customerId', id: 'id' },
  byEmail: { partition: 'emailHash', id: 'id' },
  byDay: { partition: 'day', id: 'id' },
  byEnd: { partition: 'ended', id: 'orderId' },
  byTrackingNumber: { partition: 'trackingNumber', id: 'orderId' },
} as const;

export type IndexName = keyof typeof INDEXES;

export interface IdRange {
  limit: number;
  /** The lowest id that is wanted. */
  from?: string;
  /** Only ids below this one. */
  before?: string;
}

/** Below every id of ours, and above. */
const LOWEST = ' ';
const HIGHEST = '~';

/** The ids of orders by what they are found by, newest first. */
export class DynamodbOrderIndex {
  constructor(
    private readonly client: DocumentClient,
    readonly table: string,
  ) {}

  async ids(
    index: IndexName,
    partition: string,
    { limit, from = LOWEST, before }: IdRange,
  ): Promise<{ ids: string[]; more: boolean }> {
    const names = INDEXES[index];
    const { Items = [], LastEvaluatedKey } = await this.client.send(
      new QueryCommand({
        TableName: this.table,
        IndexName: index,
        KeyConditionExpression: '#partition = :partition AND #id BETWEEN :from AND :to',
        ExpressionAttributeNames: { '#partition': names.partition, '#id': names.id },
        ExpressionAttributeValues: { ':partition': partition, ':from': from, ':to': below(before) },
        ScanIndexForward: false,
        Limit: limit,
      }),
    );
    return { ids: Items.map((row) => String(row[names.id])), more: LastEvaluatedKey !== undefined };
  }
}

/** BETWEEN takes both its ends: the highest text that is still below an id. */
function below(id: string | undefined): string {
  if (id === undefined) return HIGHEST;
  const last = id.charCodeAt(id.length - 1);
  return `${id.slice(0, -1)}${String.fromCharCode(last - 1)}${HIGHEST}`;
}
