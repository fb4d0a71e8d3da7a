import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient, SubscribeCommand, UnsubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import {
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { replay } from '../../services/inventory/domain/ledger';
import { deployedCatalogue, newOrderId, steps } from '../inventory/support/deployed';
import { api, newKey } from '../support/api';
import { awsClient } from '../support/aws-client';
import { available } from '../support/order';
import { tokenOf } from '../support/sign-in';
import { stack } from '../support/stack';
import { waitFor } from '../support/wait-for';

const word = `w${Date.now().toString(36)}`;

async function create(name: string, stock: number, category = `c${word}`): Promise<string> {
  const { status, body } = await api('POST /products', {
    token: await tokenOf('staff'),
    key: newKey(),
    body: {
      name,
      description: 'Made for one test.',
      category,
      price: { amount: 100, currency: 'EUR' },
      stock,
    },
  });
  expect(status).toBe(201);
  return body.id;
}

const edit = async (id: string, body: object, ifMatch = '*') =>
  api(`PATCH /products/${id}`, { token: await tokenOf('staff'), body, headers: { 'if-match': ifMatch } });

const move = async (id: string, delta: number, key = newKey()) =>
  api(`POST /products/${id}/stock`, {
    token: await tokenOf('staff'),
    key,
    body: { delta, reason: 'Counted' },
  });

const found = async (query: string): Promise<string[]> =>
  (await api(`GET /products?${query}`)).body.items.map(({ id }: { id: string }) => id);

const tables = async () => DynamoDBDocumentClient.from(await awsClient(DynamoDBClient));

/** The ledger of a product, replayed: its movements, and the reservations of these orders. */
async function replayed(id: string, orders: string[]): Promise<number | undefined> {
  const client = await tables();
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: 'orderly-local-stock-movements',
      KeyConditionExpression: 'productId = :id',
      ExpressionAttributeValues: { ':id': id },
    }),
  );
  const rows = await Promise.all(
    orders.map((orderId) =>
      client.send(new GetCommand({ TableName: 'orderly-local-reservations', Key: { orderId } })),
    ),
  );
  return replay(Items as never, rows.flatMap(({ Item }) => (Item ? [Item] : [])) as never).get(id);
}

test('a product that staff create is found by its words and category, priced, changed and retired', async () => {
  const id = await create(`Crème ${word} Jug`, 8);
  expect(await found(`q=creme+${word}`)).toEqual([id]);
  expect(await found(`q=JUG&category=C${word}`)).toEqual([id]);
  expect(await found(`q=creme+${word}+cup`)).toEqual([]);
  const catalogue = await deployedCatalogue();
  const priced = (version: number) =>
    waitFor(async () => (await catalogue.priced([id])).get(id) === version, { what: `version ${version}` });
  await priced(1);
  const etag = (await api(`GET /products/${id}`)).headers.get('etag') ?? '';
  const changed = await edit(id, { name: `Milk ${word} Jug` }, etag);
  expect([changed.status, changed.headers.get('etag')]).toEqual([200, '"2-8"']);
  expect((await edit(id, { name: 'Lost' }, etag)).body.code).toBe('STALE');
  expect([await found(`q=creme+${word}`), await found(`q=milk+${word}`)]).toEqual([[], [id]]);
  await priced(2);
  expect((await edit(id, { status: 'retired' })).body.available).toBe(0);
  expect(await found(`category=c${word}&q=milk`)).toEqual([]);
  expect((await edit(id, { name: 'Again' })).body.code).toBe('ILLEGAL_TRANSITION');
});

test('the routes of staff are closed to customers', async () => {
  const token = await tokenOf('customer');
  const headers = { 'if-match': '*' };
  const paths = [
    'POST /products',
    'PATCH /products/x',
    'POST /products/x/stock',
    'GET /products/x/movements',
  ];
  for (const route of paths) {
    const body = route.startsWith('GET') ? undefined : {};
    expect((await api(route, { token, key: newKey(), headers, body })).status).toBe(403);
    expect((await api(route, { key: newKey(), headers, body })).status).toBe(401);
  }
});

test('stock moves once a key, never below what is held, and its ledger replays to it', async () => {
  const [id, order] = [await create(`Ledger ${word}`, 10), newOrderId()];
  expect(await steps.reserve(order, 1, { [id]: 4 })).toBe('RESERVED');
  const key = newKey();
  expect((await move(id, 5, key)).body).toEqual({ available: 11 });
  expect((await move(id, 5, key)).headers.get('idempotent-replayed')).toBe('true');
  const refused = await move(id, -12);
  expect([refused.status, refused.body.code]).toEqual([409, 'ILLEGAL_TRANSITION']);
  expect((await move(id, -11)).body).toEqual({ available: 0 });
  await steps.commit(order, 1);
  expect([await replayed(id, [order]), await available(id)]).toEqual([0, 0]);
  await steps.release(order, 2);
  expect([await replayed(id, [order]), await available(id)]).toEqual([4, 4]);
  const token = await tokenOf('staff');
  const { body } = await api(`GET /products/${id}/movements?limit=2`, { token });
  expect(body.items.map(({ units }: { units: number }) => units)).toEqual([-11, 5]);
  const rest = await api(`GET /products/${id}/movements?cursor=${body.nextCursor}`, { token });
  expect(rest.body).toEqual({ items: [expect.objectContaining({ kind: 'opening', units: 10 })] });
});

test('orders race a product that is spread, folded and restocked: none too many, no unit stranded, the ledger exact', async () => {
  const id = await create(`Hot ${word}`, 10);
  const orders = Array.from({ length: 16 }, newOrderId);
  const shards = (async () => {
    for (const stockShards of [8, 3, 5, 1]) expect((await edit(id, { stockShards })).status).toBe(200);
    expect((await move(id, 2)).status).toBe(200);
  })();
  const outcomes = await Promise.all(orders.map((order) => steps.reserve(order, 1, { [id]: 1 })));
  await shards;
  const taken = outcomes.filter((outcome) => outcome === 'RESERVED').length;
  expect(taken).toBeGreaterThanOrEqual(10);
  expect(taken).toBeLessThanOrEqual(12);
  expect([await available(id), await replayed(id, orders)]).toEqual([12 - taken, 12 - taken]);
  await Promise.all(orders.slice(0, 8).map((order) => steps.release(order, 1)));
  const left = await available(id);
  expect(await replayed(id, orders)).toBe(left);
  const last = newOrderId();
  expect(await steps.reserve(last, 1, { [id]: left })).toBe('RESERVED');
  expect([await available(id), await replayed(id, [...orders, last])]).toEqual([0, 0]);
});

test('units that all lie in one row of several are spread by whoever sees it next', async () => {
  const id = await create(`Lopsided ${word}`, 40);
  await edit(id, { stockShards: 4 });
  const client = await tables();
  const keys = [0, 1, 2, 3].map((shard) => ({ shard: `${id}#${shard}` }));
  const moved = (units: number) => ({
    UpdateExpression: 'ADD available :units, version :one',
    ExpressionAttributeValues: { ':units': units, ':one': 1 },
  });
  const TableName = 'orderly-local-stock';
  const TransactItems = keys.map((Key, n) => ({ Update: { TableName, Key, ...moved(n === 0 ? 30 : -10) } }));
  await client.send(new TransactWriteCommand({ TransactItems }));
  const rows = async () =>
    Promise.all(
      keys.map(async (Key) => (await client.send(new GetCommand({ TableName, Key }))).Item?.available),
    );
  await waitFor(async () => (await rows()).every((units) => units === 10), { what: 'ten units in each row' });
});

test('orders beyond the stock are taken up to the limit, and drawn from it when it comes', async () => {
  const [id, order] = [await create(`Late ${word}`, 2), newOrderId()];
  await edit(id, { backorder: { limit: 3, expectedAt: '2030-02-01' } });
  const shown = (await api(`GET /products/${id}`)).body;
  expect(shown).toMatchObject({
    available: 5,
    backorder: { limit: 3, expectedAt: '2030-02-01', left: 3 },
  });
  expect(await steps.reserve(order, 1, { [id]: 6 })).toBe('OUT_OF_STOCK');
  expect(await steps.reserve(order, 1, { [id]: 4 })).toBe('RESERVED');
  expect([await available(id), await replayed(id, [order])]).toEqual([1, -2]);
  expect((await edit(id, { backorder: { limit: 1 } })).body.detail).toContain('2 units are owed');
  expect((await move(id, 10)).body).toEqual({ available: 11 });
  expect((await move(id, -9)).body.detail).toContain('8 units are not held or sold');
  expect((await move(id, -2)).body).toEqual({ available: 9 });
  expect((await edit(id, { backorder: { limit: 0 } })).body).toMatchObject({ available: 6 });
  expect(await replayed(id, [order])).toBe(6);
});

test('whoever subscribes hears once of each fall below the threshold', async () => {
  const { endpoint, outputs, region } = await stack();
  const [sqs, sns] = [await awsClient(SQSClient), await awsClient(SNSClient)];
  const name = `stock-alerts-${word}`;
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  const TopicArn = outputs.StockAlertsTopicArn as string;
  const Endpoint = `arn:aws:sqs:${region}:000000000000:${name}`;
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: Endpoint,
      },
    ],
  });
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  const { SubscriptionArn } = await sns.send(
    new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint, Attributes: { RawMessageDelivery: 'true' } }),
  );
  expect(endpoint).toBeDefined();
  const id = await create(`Scarce ${word}`, 10);
  await edit(id, { lowStockBelow: 4 });
  const heard: { id: string; data: object }[] = [];
  const hear = (count: number) =>
    waitFor(
      async () => {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
        );
        const events = Messages.map(({ Body = '' }) => JSON.parse(Body));
        heard.push(...events.filter(({ subject }: { subject: string }) => subject === id));
        return heard.length >= count;
      },
      { what: `alert ${count}` },
    );
  await move(id, -7);
  await hear(1);
  await move(id, -1);
  await move(id, 10);
  const watch = async () => {
    const client = await tables();
    const Key = { shard: `watch#${id}` };
    return (await client.send(new GetCommand({ TableName: 'orderly-local-stock', Key }))).Item;
  };
  await waitFor(async () => (await watch())?.low === false, { what: 'the watch to be armed again' });
  await move(id, -11);
  await hear(2);
  expect(heard.map((event) => [event.id, event.data])).toEqual([
    [`${id}:low:1`, { productId: id, name: `Scarce ${word}`, stock: 3, threshold: 4 }],
    [`${id}:low:2`, { productId: id, name: `Scarce ${word}`, stock: 1, threshold: 4 }],
  ]);
  await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
  await sqs.send(new DeleteQueueCommand({ QueueUrl }));
});
