import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { auditWrite } from '../../../shared/aws/audit-log';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import { type IdempotencyTable, replay } from '../../../shared/aws/idempotency-table';
import { transact, type Write } from '../../../shared/aws/transaction';
import type { Reply } from '../../../shared/kernel/idempotency';
import type { Refusal } from '../../../shared/kernel/refusal';
import type { PendingImage } from '../domain/image';
import type { AddsImages, AnswerTo, Uploaded } from '../ports/images';
import { DynamodbImages } from './dynamodb-images';
import { toRow } from './image-row';

/** No product has a `#` in its id, so no list finds this row. */
const turnsOf = (productId: string): { productId: string; id: string } => ({
  productId: `turns#${productId}`,
  id: 'turns',
});

/** What the route that adds an image needs beyond: only its role may write replies and the audit log. */
export class DynamodbNewImages extends DynamodbImages implements AddsImages {
  constructor(
    client: DocumentClient,
    table: string,
    private readonly auditLog: string,
    private readonly idempotency: IdempotencyTable,
  ) {
    super(client, table);
  }

  /** The turns first: what is asked for between the two looks makes them stale. */
  async uploaded(productId: string, limit: number): Promise<Uploaded> {
    const { Item } = await this.client.send(
      new GetCommand({ TableName: this.table, Key: turnsOf(productId), ConsistentRead: true }),
    );
    const { images } = await this.list(productId, { limit, now: true });
    return { images, turns: Number(Item?.turns ?? 0) };
  }

  async add(
    image: PendingImage,
    { request, reply, now, actor, turns }: AnswerTo & Pick<Uploaded, 'turns'>,
  ): Promise<Reply | Refusal | 'OVERTAKEN' | undefined> {
    const { id, productId, bytes, contentType, correlationId } = image;
    const entry = { actor, action: 'add-image', target: productId, at: now, correlationId };
    const result = await transact(this.client, [
      this.idempotency.record(request, reply, now),
      this.turn(productId, turns),
      {
        Put: { TableName: this.table, Item: toRow(image), ConditionExpression: 'attribute_not_exists(id)' },
      },
      auditWrite(this.auditLog, { ...entry, detail: { imageId: id, contentType, bytes } }),
    ]);
    if (result.committed) return undefined;
    const record = result.hindrances.find(({ index }) => index === 0)?.row;
    if (!record) return 'OVERTAKEN';
    // A record of this very reply is this request's own, whose answer got lost on the way.
    return record.body !== reply.body ? replay(record, request) : undefined;
  }

  private turn(productId: string, turns: number): Write {
    return {
      Update: {
        TableName: this.table,
        Key: turnsOf(productId),
        UpdateExpression: 'ADD turns :one',
        ExpressionAttributeValues: { ':one': 1, ...(turns > 0 ? { ':turns': turns } : {}) },
        ConditionExpression: turns > 0 ? 'turns = :turns' : 'attribute_not_exists(turns)',
      },
    };
  }
}
