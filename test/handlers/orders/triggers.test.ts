import type { Context, DynamoDBStreamEvent, SQSEvent } from 'aws-lambda';
import placedRow from '../../../events/samples/orders/publishOrderEvents.stream.json';
import productCreated from '../../../events/samples/orders/updatePriceList.sqs.json';
import { catchLog } from '../../shared/support/log';
import { context, Refused, takenByQueue, type Wire } from '../inventory/wire';
import { startOrdersWire } from './support';

catchLog();
let wire: Wire;
let startSaga: (event: DynamoDBStreamEvent, context: Context) => Promise<unknown>;
let followPrices: (event: SQSEvent, context: Context) => Promise<unknown>;
let contact: (event: { orderId: string; correlationId: string }, context: Context) => Promise<unknown>;
// biome-ignore lint/suspicious/noExplicitAny: also sent what does not fit
let reconcile: (event: any, context: Context) => Promise<unknown>;

beforeAll(async () => {
  wire = await startOrdersWire();
  ({ handler: startSaga } = await import('../../../services/orders/handlers/start-order-saga'));
  ({ handler: followPrices } = await import('../../../services/orders/handlers/update-price-list'));
  ({ handler: contact } = await import('../../../services/orders/handlers/read-order-contact'));
  ({ handler: reconcile } = await import('../../../services/orders/handlers/reconcile-orders'));
});
afterAll(() => wire.close());
beforeEach(() => {
  wire.calls.length = 0;
  wire.answers = {
    GetQueueUrl: () => ({ QueueUrl: `${process.env.AWS_ENDPOINT_URL}/dlq` }),
    SendMessage: takenByQueue,
  };
});

const rows = placedRow as unknown as DynamoDBStreamEvent;
const messages = productCreated as unknown as SQSEvent;
const sent = (operation: string) =>
  wire.calls.filter((call) => call.operation === operation).map(({ body }) => body);

describe('startOrderSaga', () => {
  test('starts the attempt under its name, with its three ids and nothing else', async () => {
    wire.answers.StartExecution = () => ({ executionArn: 'arn', startDate: 1 });
    await startSaga(rows, context());
    const [start] = sent('StartExecution');
    expect(start).toMatchObject({ name: 'ord_01KA00000SAMP1E0RDER000000-1' });
    expect(JSON.parse(start.input)).toEqual({
      orderId: 'ord_01KA00000SAMP1E0RDER000000',
      attempt: 1,
      correlationId: 'sample-order',
    });
  });

  test('an attempt of a return runs its own machine, named after it, with what it gives back', async () => {
    wire.answers.StartExecution = () => ({ executionArn: 'arn', startDate: 1 });
    const [record] = rows.Records;
    const amount = { M: { amount: { N: '1450' }, currency: { S: 'EUR' } } };
    const restock = { L: [{ M: { productId: { S: 'mug' }, quantity: { N: '1' } } }] };
    const ofReturn = { M: { returnId: { S: 'ret_1' }, amount, restock } };
    const NewImage = { ...record?.dynamodb?.NewImage, starts: { N: '2' }, return: ofReturn };
    await startSaga({ Records: [{ ...record, dynamodb: { NewImage } }] } as DynamoDBStreamEvent, context());
    const [start] = sent('StartExecution');
    expect(start).toMatchObject({ name: 'ret_1-2', stateMachineArn: expect.stringMatching(/return-order$/) });
    expect(JSON.parse(start.input)).toEqual({
      orderId: 'ord_01KA00000SAMP1E0RDER000000',
      attempt: 2,
      correlationId: 'sample-order',
      returnId: 'ret_1',
      amount: { amount: 1450, currency: 'EUR' },
      restock: [{ productId: 'mug', quantity: 1 }],
    });
  });

  test('an attempt that was started before is success', async () => {
    wire.answers.StartExecution = () => new Refused({ __type: 'ExecutionAlreadyExists', message: 'there' });
    expect(await startSaga(rows, context())).toEqual({ batchItemFailures: [] });
  });

  test('a start that is refused for the moment throws, so that the batch comes again', async () => {
    wire.answers.StartExecution = () => new Refused({ __type: 'ExecutionLimitExceeded', message: 'later' });
    await expect(startSaga(rows, context())).rejects.toThrow('1 of 1 sagas not started');
  });

  test('a row without an order is parked', async () => {
    const [record] = rows.Records;
    const nameless = { ...record, dynamodb: { NewImage: { starts: { N: '1' } } } };
    await startSaga({ Records: [nameless] } as DynamoDBStreamEvent, context());
    expect(sent('SendMessage')).toMatchObject([
      { MessageAttributes: { reason: { StringValue: 'An attempt without its order' } } },
    ]);
    expect(sent('StartExecution')).toEqual([]);
  });
});

describe('updatePriceList', () => {
  const about = (over: object) => {
    const [record] = messages.Records;
    const event = { ...JSON.parse(record?.body ?? ''), ...over };
    return { Records: [{ ...record, body: JSON.stringify(event) }] } as SQSEvent;
  };

  test.each([
    ['product.created', 'active'],
    ['product.changed', 'active'],
    ['product.retired', 'retired'],
  ])('%s makes the price %s, unless a higher version is known', async (type, status) => {
    await followPrices(about({ type, dataschema: `urn:orderly:event:${type}:1` }), context());
    expect(sent('PutItem')).toMatchObject([
      {
        Item: { status: { S: status }, version: { N: '1' } },
        ConditionExpression: 'attribute_not_exists(productId) OR version < :version',
      },
    ]);
  });

  test('an older version than the known one is done with', async () => {
    wire.answers.PutItem = () => new Refused({ __type: 'ConditionalCheckFailedException', message: 'no' });
    expect(await followPrices(messages, context())).toEqual({ batchItemFailures: [] });
    expect(sent('SendMessage')).toEqual([]);
  });

  test('a version of the contract that is not known is parked, not guessed at', async () => {
    await followPrices(about({ dataschema: 'urn:orderly:event:product.created:2' }), context());
    expect(sent('PutItem')).toEqual([]);
    expect(sent('SendMessage')).toHaveLength(1);
  });
});

describe('readOrderContact', () => {
  const ask = () => contact({ orderId: 'ord_1', correlationId: 'cor_1' }, context());
  const row = {
    id: { S: 'ord_1' },
    customerId: { S: 'ada-sub' },
    lines: { L: [] },
    total: { N: '0' },
    currency: { S: 'EUR' },
  };

  test('asks the pool for the address of the account', async () => {
    wire.answers.GetItem = () => ({ Item: row });
    wire.answers.AdminGetUser = () => ({ UserAttributes: [{ Name: 'email', Value: 'ada@example.com' }] });
    expect(await ask()).toMatchObject({ outcome: 'FOUND', email: 'ada@example.com' });
    expect(sent('AdminGetUser')).toMatchObject([{ Username: 'ada-sub', UserPoolId: 'eu-west-1_pool' }]);
  });

  test('an account that is gone is ERASED', async () => {
    wire.answers.GetItem = () => ({ Item: row });
    wire.answers.AdminGetUser = () => new Refused({ __type: 'UserNotFoundException', message: 'gone' });
    expect(await ask()).toEqual({ outcome: 'ERASED' });
  });
});

describe('reconcileOrders', () => {
  test('looks into every partition of the open orders and of the open returns', async () => {
    expect(await reconcile({ olderThanSeconds: 0 }, context())).toEqual({
      open: 0,
      resumed: 0,
      expired: 0,
      stuck: 0,
      returns: 0,
      returnsResumed: 0,
      returnsStuck: 0,
    });
    const partitions = (table: string) =>
      sent('Query')
        .filter(({ TableName }) => TableName === table)
        .map(({ ExpressionAttributeValues }) => ExpressionAttributeValues[':bucket'].S);
    expect(partitions('orders')).toEqual(Array.from({ length: 16 }, (_, bucket) => `open#${bucket}`));
    expect(partitions('order-fulfilment')).toEqual(['open#0', 'open#1', 'open#2', 'open#3']);
  });

  test.each([{}, { olderThanSeconds: -1 }, { olderThanSeconds: 'all' }, { olderThanSeconds: 86_401 }])(
    'refuses the payload %j',
    async (payload) => {
      await expect(reconcile(payload, context())).rejects.toThrow('/olderThanSeconds');
      expect(wire.calls).toEqual([]);
    },
  );

  test.each([
    ['holdsOlderThanSeconds', -1],
    ['holdsOlderThanSeconds', 86_401],
    ['orderId', ''],
    ['olderThanHours', 1],
  ])('refuses the payload with %s %j', async (name, value) => {
    await expect(reconcile({ olderThanSeconds: 600, [name]: value }, context())).rejects.toThrow(`/${name}`);
    expect(wire.calls).toEqual([]);
  });
});
