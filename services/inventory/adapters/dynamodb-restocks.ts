import type { DocumentClient } from '../../../shared/aws/dynamodb';
import { transact, type Write } from '../../../shared/aws/transaction';
import { returnMovementId } from '../domain/ledger';
import type { StockChange } from '../domain/stock';
import type { Restock, Restocks } from '../ports/restocks';
import { stockWrite } from './stock-writes';

export class DynamoDbRestocks implements Restocks {
  constructor(
    private readonly client: DocumentClient,
    private readonly tables: { stock: string; movements: string },
  ) {}

  /** A movement that is there already refuses the whole: it was made with its units by an earlier run. */
  async book(restock: Restock): Promise<void> {
    await transact(
      this.client,
      restock.stock.flatMap((change) => [
        this.movement(change, restock),
        stockWrite(this.tables.stock, change),
      ]),
    );
  }

  private movement({ productId, units }: StockChange, { returnId, at, correlationId }: Restock): Write {
    return {
      Put: {
        TableName: this.tables.movements,
        Item: {
          productId,
          id: returnMovementId(returnId),
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
}
