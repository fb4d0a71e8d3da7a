import type { DocumentClient } from '../../../shared/aws/dynamodb';
import { transact, type Write } from '../../../shared/aws/transaction';
import type { StockChange } from '../domain/stock';
import type { Restock, Restocks } from '../ports/restocks';
import { stockKey } from './dynamodb-stock';

/** The movement of a return in the ledger of a product: named after the return and, as its ULID does, sorted by time. */
const movementId = (returnId: string): string => returnId.replace('ret_', 'mov_');

export class DynamoDbRestocks implements Restocks {
  constructor(
    private readonly client: DocumentClient,
    private readonly tables: { stock: string; movements: string },
  ) {}

  /** A movement that is there already refuses the whole: it was made with its units by an earlier run. */
  async book(restock: Restock): Promise<void> {
    await transact(
      this.client,
      restock.stock.flatMap((change) => [this.movement(change, restock), this.units(change)]),
    );
  }

  private movement({ productId, units }: StockChange, { returnId, at, correlationId }: Restock): Write {
    return {
      Put: {
        TableName: this.tables.movements,
        Item: {
          productId,
          id: movementId(returnId),
          kind: 'return',
          units,
          reason: returnId,
          actor: 'system',
          at,
          correlationId,
        },
        ConditionExpression: 'attribute_not_exists(id)',
      },
    };
  }

  private units({ productId, shard, units }: StockChange): Write {
    return {
      Update: {
        TableName: this.tables.stock,
        Key: { shard: stockKey(productId, shard) },
        UpdateExpression: 'SET productId = :productId ADD available :units, version :one',
        ExpressionAttributeValues: { ':productId': productId, ':units': units, ':one': 1 },
      },
    };
  }
}
