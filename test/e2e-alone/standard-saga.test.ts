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
import { acceptRest, review } from '../../services/orders/domain/order-holds';
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
async function insert(productId: string, paymentToken: string, over: Partial<Order> = {}): Promise<string> {
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
    ...over,
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
async function runAsStandard(orderId: string, attempt = 1): Promise<number> {
  const sfn = await awsClient(SFNClient);
  const input = JSON.stringify({ orderId, attempt, correlationId: 'e2e-standard' });
  const name = `${orderId}-${attempt}`;
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, name, input }));
  expect(await ended(name, machine)).toBe('SUCCEEDED');
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

/** The row as a decision leaves it, again without the event that starts the deployed machine. */
async function decided(id: string, decide: (order: Order) => { order: Order } | object): Promise<void> {
  const { client, TableName } = await table();
  const move = decide(await orderOf(id));
  if (!('order' in move)) throw new Error(`Not decided: ${JSON.stringify(move)}`);
  await client.send(new PutCommand({ TableName, Item: toRow(move.order) }));
}

test('as STANDARD too an order waits for staff with no execution open, and goes on or ends as they decide', async () => {
  const spoon = await productOnSale(5);
  const dear = { total: { amount: 900_000, currency: 'EUR' } };
  const [approved, refused] = await Promise.all([1, 2].map(() => insert(spoon, 'tok_visa', dear)));
  for (const id of [approved, refused] as string[]) {
    await runAsStandard(id);
    expect(await orderOf(id)).toMatchObject({ status: 'IN_REVIEW', owed: true });
    expect(await ledger(id)).toEqual([]);
  }
  expect(await available(spoon)).toBe(5);
  await decided(approved as string, (order) => review(order, 'APPROVED', Date.now()));
  await decided(refused as string, (order) => review(order, 'REFUSED', Date.now()));
  for (const id of [approved, refused] as string[]) await runAsStandard(id, 2);
  expect(await orderOf(approved as string)).toMatchObject({ status: 'CONFIRMED', owed: false });
  expect(await orderOf(refused as string)).toMatchObject({
    status: 'REJECTED',
    rejectionReason: 'FRAUD_REFUSED',
  });
  expect(await available(spoon)).toBe(3);
});

test('as STANDARD too an order of which a part is sold out waits for its customer, and the rest is confirmed', async () => {
  const spoon = await productOnSale(1);
  const id = await insert(spoon, 'tok_visa', { onUnavailable: 'ask' });
  await runAsStandard(id);
  expect(await orderOf(id)).toMatchObject({
    status: 'AWAITING_CUSTOMER',
    proposal: { items: [{ productId: spoon, quantity: 1 }], total: { amount: 100 } },
  });
  await decided(id, (order) => acceptRest(order, Date.now()));
  await runAsStandard(id, 2);
  expect(await orderOf(id)).toMatchObject({ status: 'CONFIRMED', total: { amount: 100 }, owed: false });
  expect(await ledger(id)).toMatchObject([{ amount: 100, status: 'succeeded' }]);
  expect(await available(spoon)).toBe(0);
});
