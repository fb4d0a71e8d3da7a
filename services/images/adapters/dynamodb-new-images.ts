import { auditWrite } from '../../../shared/aws/audit-log';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import { type IdempotencyTable, replay } from '../../../shared/aws/idempotency-table';
import { transact } from '../../../shared/aws/transaction';
import type { Reply } from '../../../shared/kernel/idempotency';
import type { Refusal } from '../../../shared/kernel/refusal';
import type { PendingImage } from '../domain/image';
import type { AddsImages, AnswerTo } from '../ports/images';
import { DynamodbImages } from './dynamodb-images';
import { toRow } from './image-row';

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

  async add(
    image: PendingImage,
    { request, reply, now, actor }: AnswerTo,
  ): Promise<Reply | Refusal | undefined> {
    const { id, productId, bytes, contentType, correlationId } = image;
    const entry = { actor, action: 'add-image', target: productId, at: now, correlationId };
    const result = await transact(this.client, [
      this.idempotency.record(request, reply, now),
      {
        Put: { TableName: this.table, Item: toRow(image), ConditionExpression: 'attribute_not_exists(id)' },
      },
      auditWrite(this.auditLog, { ...entry, detail: { imageId: id, contentType, bytes } }),
    ]);
    if (result.committed) return undefined;
    const record = result.hindrances.find(({ index }) => index === 0)?.row;
    // A record of this very reply is this request's own, whose answer got lost on the way.
    return record && record.body !== reply.body ? replay(record, request) : undefined;
  }
}
