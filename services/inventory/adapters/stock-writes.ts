import type { Write } from '../../../shared/aws/transaction';
import type { ShardLevel, StockChange } from '../domain/stock';

/** The partition key of a stock row. */
export const stockKey = (productId: string, shard: number): string => `${productId}#${shard}`;

/** Taking needs enough; giving back always succeeds, also to a shard that is out of use by now: it still is read. */
export const stockWrite = (
  table: string,
  { productId, shard, units }: StockChange,
  seen?: number,
): Write => ({
  Update: {
    TableName: table,
    Key: { shard: stockKey(productId, shard) },
    UpdateExpression: 'SET #productId = :productId ADD #available :units, #version :one',
    ExpressionAttributeNames: {
      '#productId': 'productId',
      '#available': 'available',
      '#version': 'version',
    },
    ExpressionAttributeValues: {
      ':productId': productId,
      ':units': units,
      ':one': 1,
      ...(units < 0 ? { ':needed': -units } : {}),
      ...(seen === undefined ? {} : { ':seen': seen }),
    },
    ...conditionOf([units < 0 && '#available >= :needed', seen !== undefined && '#available = :seen']),
  },
});

const conditionOf = (conditions: (string | false)[]): { ConditionExpression?: string } => {
  const met = conditions.filter(Boolean);
  return met.length > 0 ? { ConditionExpression: met.join(' AND ') } : {};
};

/** A shard that is not touched still has what was seen in it. */
export const stockCheck = (table: string, { productId, shard, available }: ShardLevel): Write => ({
  ConditionCheck: {
    TableName: table,
    Key: { shard: stockKey(productId, shard) },
    ConditionExpression: '#available = :seen',
    ExpressionAttributeNames: { '#available': 'available' },
    ExpressionAttributeValues: { ':seen': available },
  },
});
