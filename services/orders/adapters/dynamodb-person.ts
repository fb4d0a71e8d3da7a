import { DeleteCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import type { Order } from '../domain/order';
import type { OrderReturn } from '../domain/order-return';
import { ERASED_REASON, PERSONAL, type Whose } from '../domain/person';
import type { OrderMessages } from '../ports/order-messages';
import type { ErasesOrders, ListsOrdersOfPerson, OrderFile, ReadsOrderFiles } from '../ports/person';
import { DynamodbOrders } from './dynamodb-orders';
import { fromReturnRow, fromShipmentRow, returnKey } from './fulfilment-row';

interface Tables {
  orders: string;
  fulfilment: string;
  /** Only where something is erased. */
  idempotency?: string;
}

type Row = Record<string, unknown>;

/** A person's orders, as they are told to them and taken from them. */
export class DynamodbPerson
  extends DynamodbOrders
  implements ListsOrdersOfPerson, ReadsOrderFiles, ErasesOrders
{
  constructor(
    client: DocumentClient,
    private readonly names: Tables,
    private readonly messages?: OrderMessages,
  ) {
    super(client, { orders: names.orders });
  }

  async listOf(
    whose: Whose,
    page: { limit: number; before?: string },
  ): Promise<{ orders: Order[]; last?: string }> {
    const { ids, more } =
      'customerId' in whose
        ? await this.index.ids('byCustomer', whose.customerId, page)
        : await this.index.ids('byEmail', whose.emailHash, page);
    return { orders: await this.getAll(ids), last: more ? ids.at(-1) : undefined };
  }

  async fileOf(orderId: string): Promise<OrderFile> {
    const [rows, messages] = await Promise.all([
      this.rowsOf(orderId),
      this.messages?.messagesOf(orderId) ?? [],
    ]);
    const of = (kind: string) => rows.filter(({ sk }) => String(sk).startsWith(kind));
    return {
      shipments: of('shipment#').map(fromShipmentRow),
      returns: of('return#').map(fromReturnRow),
      messages,
    };
  }

  async eraseOrder({ id, version, shippingAddress, taxCountry }: Order, at: string): Promise<boolean> {
    const country = taxCountry ?? shippingAddress?.country;
    try {
      await this.client.send(
        new UpdateCommand({
          TableName: this.names.orders,
          Key: { id },
          UpdateExpression: `SET erasedAt = :at, updatedAt = :at${country ? ', taxCountry = :country' : ''} ADD version :one REMOVE ${PERSONAL.join(', ')}`,
          ConditionExpression: 'version = :before AND attribute_not_exists(#open)',
          ExpressionAttributeNames: { '#open': 'open' },
          ExpressionAttributeValues: {
            ':at': at,
            ':one': 1,
            ':before': version,
            ...(country ? { ':country': country } : {}),
          },
        }),
      );
      return true;
    } catch (error) {
      if ((error as Error).name === 'ConditionalCheckFailedException') return false;
      throw error;
    }
  }

  async eraseReturns(orderId: string): Promise<void> {
    const rows = await this.rowsOf(orderId, 'return#');
    await Promise.all(rows.map(fromReturnRow).map((one) => this.eraseReturn(one)));
  }

  /** The stored replies first: the row is what knows them. */
  private async eraseReturn({ orderId, id, lines, replyKeys = [] }: OrderReturn): Promise<void> {
    await Promise.all(
      replyKeys.map((pk) =>
        this.client.send(new DeleteCommand({ TableName: this.names.idempotency, Key: { pk } })),
      ),
    );
    await this.client.send(
      new UpdateCommand({
        TableName: this.names.fulfilment,
        Key: returnKey(orderId, id),
        UpdateExpression: 'SET #lines = :lines REMOVE replyKeys',
        ConditionExpression: 'attribute_exists(sk)',
        ExpressionAttributeNames: { '#lines': 'lines' },
        ExpressionAttributeValues: { ':lines': lines.map((line) => ({ ...line, reason: ERASED_REASON })) },
      }),
    );
  }

  private async rowsOf(orderId: string, prefix = ''): Promise<Row[]> {
    const rows: Row[] = [];
    let ExclusiveStartKey: Row | undefined;
    do {
      const page = await this.client.send(
        new QueryCommand({
          TableName: this.names.fulfilment,
          KeyConditionExpression: prefix
            ? 'orderId = :order AND begins_with(sk, :prefix)'
            : 'orderId = :order',
          ExpressionAttributeValues: { ':order': orderId, ...(prefix ? { ':prefix': prefix } : {}) },
          ConsistentRead: true,
          ExclusiveStartKey,
        }),
      );
      rows.push(...(page.Items ?? []));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    return rows;
  }
}
