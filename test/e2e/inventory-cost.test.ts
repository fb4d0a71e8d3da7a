import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DynamoDbReservations } from '../../services/inventory/adapters/dynamodb-reservations';
import { DynamoDbStockLevels } from '../../services/inventory/adapters/dynamodb-stock';
import { commitInventory } from '../../services/inventory/use-cases/commit-inventory';
import { reserveInventory } from '../../services/inventory/use-cases/reserve-inventory';
import { iso, MINUTE } from '../../shared/kernel/time';
import { newOrderId, newProduct } from '../inventory/support/deployed';
import { awsClient } from '../support/aws-client';

interface Capacity {
  CapacityUnits?: number;
}

/** A client that sums the write units of what it sends. */
async function countingClient(): Promise<{ client: DynamoDBDocumentClient; units: () => number }> {
  const dynamodb = await awsClient(DynamoDBClient);
  let units = 0;
  dynamodb.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
        const result = await next(args);
        const { ConsumedCapacity = [] } = result.output as { ConsumedCapacity?: Capacity | Capacity[] };
        const used = [ConsumedCapacity].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
        if (!/^(Get|BatchGet|Query)/.test(commandName)) units += used;
        return result;
      },
    { step: 'initialize', name: 'count' },
  );
  return {
    client: DynamoDBDocumentClient.from(dynamodb, { marshallOptions: { removeUndefinedValues: true } }),
    units: () => {
      const sum = units;
      units = 0;
      return sum;
    },
  };
}

test('an order of two lines costs at most 7 write units to reserve and 2 to commit', async () => {
  const { client, units } = await countingClient();
  const tables = {
    products: 'orderly-local-products',
    stock: 'orderly-local-stock',
    reservations: 'orderly-local-reservations',
  };
  const ports = {
    reservations: new DynamoDbReservations(client, tables),
    stock: new DynamoDbStockLevels(client, tables),
    clock: Date.now,
  };
  const lines = [
    { productId: await newProduct(5), quantity: 2 },
    { productId: await newProduct(5), quantity: 1 },
  ];
  const order = { orderId: newOrderId(), attempt: 1 };
  const holdUntil = iso(Date.now() + 45 * MINUTE);
  expect((await reserveInventory(ports, { ...order, lines, holdUntil })).outcome).toBe('RESERVED');
  // Three items at two units each in the transaction, and one for the index of holds.
  expect(units()).toBeLessThanOrEqual(7);
  expect((await commitInventory(ports, order)).outcome).toBe('COMMITTED');
  expect(units()).toBeLessThanOrEqual(2);
});
