import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeStateMachineCommand,
  GetExecutionHistoryCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { fromRow, type OrderRow, toRow } from '../../services/orders/adapters/order-row';
import type { Order } from '../../services/orders/domain/order';
import { newId } from '../../shared/kernel/ids';
import { iso } from '../../shared/kernel/time';
import { anOrder } from '../orders/support/an-order';
import { awsClient } from '../support/aws-client';
import { ended, execution } from '../support/execution';
import { available, ledger, netPaid } from '../support/order';
import { claimsOf } from '../support/pool-signature';
import { productOnSale } from '../support/product-on-sale';
import { tokenOf } from '../support/sign-in';
import { stack } from '../support/stack';

const machine = `standard-saga-${process.pid}-${Date.now().toString(36)}`;
let stateMachineArn: string | undefined;

beforeAll(async () => {
  const sfn = await awsClient(SFNClient);
  const deployed = (await stack()).outputs.OrderSagaArn;
  const saga = await sfn.send(new DescribeStateMachineCommand({ stateMachineArn: deployed }));
  expect(saga.type).toBe('EXPRESS');
  const { definition, roleArn } = saga;
  const made = await sfn.send(
    new CreateStateMachineCommand({ name: machine, type: 'STANDARD', definition, roleArn }),
  );
  stateMachineArn = made.stateMachineArn;
});

afterAll(async () => {
  if (!stateMachineArn) return;
  await (await awsClient(SFNClient)).send(new DeleteStateMachineCommand({ stateMachineArn }));
});

const table = async () => ({
  TableName: (await stack()).outputs.OrdersTableName,
  client: DynamoDBDocumentClient.from(await awsClient(DynamoDBClient), {
    marshallOptions: { removeUndefinedValues: true },
  }),
});

/** Without the event row whose stream starts the deployed machine. */
async function insert(productId: string, paymentToken: string): Promise<string> {
  const { client, TableName } = await table();
  const order = anOrder({
    id: newId('ord'),
    customerId: String(claimsOf(await tokenOf('customer')).sub),
    items: [{ productId, name: 'Test Spoon', quantity: 2, unitPrice: { amount: 100, currency: 'EUR' } }],
    total: { amount: 200, currency: 'EUR' },
    createdAt: iso(Date.now()),
    updatedAt: iso(Date.now()),
    correlationId: newId('cor'),
    paymentToken,
  });
  await client.send(new PutCommand({ TableName, Item: toRow(order) }));
  return order.id;
}

async function orderOf(id: string): Promise<Order> {
  const { client, TableName } = await table();
  const { Item } = await client.send(new GetCommand({ TableName, Key: { id }, ConsistentRead: true }));
  return fromRow(Item as OrderRow);
}

/** @returns how many states the execution entered, which is what STANDARD bills */
async function runAsStandard(orderId: string): Promise<number> {
  const sfn = await awsClient(SFNClient);
  const input = JSON.stringify({ orderId, attempt: 1, correlationId: 'e2e-standard' });
  const { executionArn } = await sfn.send(
    new StartExecutionCommand({ stateMachineArn, name: `${orderId}-1`, input }),
  );
  expect(await ended(`${orderId}-1`, machine)).toBe('SUCCEEDED');
  const { events = [] } = await sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }));
  return events.filter(({ type = '' }) => type.endsWith('StateEntered')).length;
}

test('the deployed definition confirms an order as STANDARD too, in the eleven states that ADR 2 counts', async () => {
  const spoon = await productOnSale(5);
  const id = await insert(spoon, 'tok_visa');
  expect(await runAsStandard(id)).toBe(11);
  expect(await orderOf(id)).toMatchObject({ status: 'CONFIRMED', paymentStatus: 'CAPTURED', owed: false });
  expect(await ledger(id)).toMatchObject([{ amount: 200, status: 'succeeded' }]);
  expect(await available(spoon)).toBe(3);
  await expect(execution(`${id}-1`)).rejects.toMatchObject({ name: 'ExecutionDoesNotExist' });
});

test('the deployed definition rejects an order as STANDARD too: nothing is paid, nothing is kept', async () => {
  const spoon = await productOnSale(5);
  const id = await insert(spoon, 'tok_declined');
  await runAsStandard(id);
  expect(await orderOf(id)).toMatchObject({
    status: 'REJECTED',
    rejectionReason: 'PAYMENT_DECLINED',
    owed: false,
  });
  expect(await netPaid(id)).toBe(0);
  expect(await available(spoon)).toBe(5);
  await expect(execution(`${id}-1`)).rejects.toMatchObject({ name: 'ExecutionDoesNotExist' });
});
