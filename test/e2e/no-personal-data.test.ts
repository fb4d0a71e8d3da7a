import { DynamoDBClient, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { api, newKey } from '../support/api';
import { awsClient } from '../support/aws-client';
import { logLinesSince } from '../support/logs';
import { placeOrder, settled } from '../support/order';
import { mailAbout } from '../support/outbox';
import { productOnSale } from '../support/product-on-sale';
import { tokenOf } from '../support/sign-in';
import { waitFor } from '../support/wait-for';

test('no log line and no event of an order carries a name, an address, an e-mail or a payment token', async () => {
  const start = Date.now();
  const marker = `marked${start.toString(36)}`;
  const placed = await placeOrder({
    items: [{ productId: await productOnSale(3), quantity: 1 }],
    payment: `tok_${marker}`, // unknown to the provider, so it is declined
    more: {
      contact: { email: `${marker}@example.com`, phone: '+44 20 7946 0018' },
      shippingAddress: {
        name: `Ada ${marker}`,
        line1: `1 ${marker} Street`,
        city: marker,
        postalCode: 'X1',
        country: 'GB',
      },
    },
  });
  expect(await settled(placed.body.id)).toMatchObject({
    status: 'REJECTED',
    rejectionReason: 'PAYMENT_DECLINED',
  });
  expect((await mailAbout(placed.body.id)).BodyText).toContain(marker);
  const lines = Object.entries(await logLinesSince(start)).flatMap(([key, all]) =>
    all.map((line) => `${key}: ${line}`),
  );
  expect(lines.some((line) => line.includes(placed.body.id))).toBe(true);
  expect(lines.filter((line) => line.includes(marker))).toEqual([]);
  const history = await api(`GET /orders/${placed.body.id}/history`, { token: await tokenOf('customer') });
  expect(history.text).not.toContain(marker);
  const sqs = await awsClient(SQSClient);
  for (const QueueName of ['orderly-local-email-dlq', 'orderly-local-order-stream-dlq']) {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: 0,
        MessageAttributeNames: ['All'],
      }),
    );
    expect(JSON.stringify(Messages ?? [])).not.toContain(marker);
  }
});

test("no log line and no event of a guest's order carries the address, its hash or the token of the link", async () => {
  const start = Date.now();
  const marker = `guest${start.toString(36)}`;
  const placed = await api('POST /guest/orders', {
    key: newKey(),
    body: {
      items: [{ productId: await productOnSale(3), quantity: 1 }],
      payment: { token: 'tok_declined' },
      contact: { email: `${marker}@example.com` },
    },
  });
  const { id } = placed.body;
  const url = new URL(/https?:\S+\?t=\S+/.exec((await mailAbout(id)).BodyText)?.[0] as string);
  const token = url.searchParams.get('t') as string;
  expect((await api(`GET /guest/orders/${id}?t=${token}`)).status).toBe(200);
  expect((await api(`GET /guest/orders/${id}?t=${token}x`)).status).toBe(404);
  await api('POST /guest/orders/link', { body: { orderId: id, email: `${marker}@example.com` } });
  const lines = await waitFor(
    async () => {
      const all = Object.entries(await logLinesSince(start)).flatMap(([key, some]) =>
        some.map((line) => `${key}: ${line}`),
      );
      return all.some((line) => line.startsWith('requestGuestLink') && line.includes(id)) && all;
    },
    { what: 'the log of the last request' },
  );
  expect(lines.filter((line) => line.includes(marker) || line.includes(token.slice(-20)))).toEqual([]);
  const db = await awsClient(DynamoDBClient);
  const table = (name: string) => `orderly-local-${name}`;
  const order = await db.send(new GetItemCommand({ TableName: table('orders'), Key: { id: { S: id } } }));
  const hash = order.Item?.emailHash?.S as string;
  expect(hash).toMatch(/^[\w-]{22}$/);
  const events = await db.send(
    new QueryCommand({
      TableName: table('order-events'),
      KeyConditionExpression: 'orderId = :order',
      ExpressionAttributeValues: { ':order': { S: id } },
    }),
  );
  expect(events.Items?.length).toBeGreaterThan(1);
  const kept = JSON.stringify(events.Items);
  for (const secret of [marker, token.slice(-20), hash]) expect(kept).not.toContain(secret);
});
