import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { keys } from '../../scripts/local/aws-env';
import { DAY, iso, MINUTE } from '../../shared/kernel/time';
import { invoke, steps } from '../inventory/support/deployed';
import { newKey } from '../support/api';
import { awsClient } from '../support/aws-client';
import { available, getOrder, placeOrder, settled } from '../support/order';
import { outbox } from '../support/outbox';
import { productOnSale } from '../support/product-on-sale';
import { stack } from '../support/stack';
import { waitFor } from '../support/wait-for';

interface Reconciled {
  outcome: string;
  raised: number;
  found: { orderId: string; disagreements: string[] }[];
}

/** The hourly run may have the lease: it is asked again, as the schedule would. */
const reconcile = (input: object): Promise<Reconciled> =>
  waitFor(
    async () => {
      const result = await invoke<Reconciled>('reconcileBooks', { days: 1, quietSeconds: 0, ...input });
      return result.outcome !== 'BUSY' && result;
    },
    { limit: 30_000, what: 'the lease of the reconciliation' },
  );

const rows = async () => DynamoDBDocumentClient.from(await awsClient(DynamoDBClient));
const table = async (output: string) => (await stack()).outputs[output] as string;

async function order(payment = 'tok_visa', stock = 5) {
  const product = await productOnSale(stock);
  const { body } = await placeOrder({ items: [{ productId: product, quantity: 2 }], payment });
  return { product, ...(await settled(body.id)) };
}

describe('the books', () => {
  test('that agree about an order raise nothing; a charge the provider took twice is an alarm with its id', async () => {
    const { id, status } = await order();
    expect(status).toBe('CONFIRMED');
    expect(await reconcile({ orderIds: [id] })).toMatchObject({ outcome: 'DONE', raised: 0, found: [] });

    const heard = await listen();
    const { sandboxUrl } = await stack();
    const charge = await fetch(`${sandboxUrl}/charges`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': newKey() },
      body: JSON.stringify({ reference: id, amount: 200, currency: 'EUR', token: 'tok_visa' }),
    });
    expect(charge.status).toBe(201);
    const again = await reconcile({ orderIds: [id] });
    expect(again.found).toEqual([{ orderId: id, disagreements: ['CHARGED_TWICE'] }]);
    expect(again.raised).toBe(0);
    expect(await heard(id)).toContain(`${id}: CHARGED_TWICE`);
  });

  test('that disagree about stock of a rejected order have its next attempt give it back', async () => {
    const { id, product, status } = await order('tok_declined');
    expect(status).toBe('REJECTED');
    expect(await steps.reserve(id, 2, { [product]: 2 })).toBe('RESERVED');
    expect(await available(product)).toBe(3);
    const { found, raised } = await reconcile({ orderIds: [id] });
    expect(found).toEqual([{ orderId: id, disagreements: ['STOCK_KEPT'] }]);
    expect(raised).toBe(1);
    await waitFor(async () => (await available(product)) === 5, { what: 'the stock to come back' });
    await waitFor(async () => (await reconcile({ orderIds: [id] })).found.length === 0, {
      what: 'the books to agree',
    });
    expect(await getOrder(id)).toMatchObject({ status: 'REJECTED' });
  });

  test('are asked for each order that ended on a day, and for none that is sold', async () => {
    const [rejected, sold] = await Promise.all([order('tok_declined'), order()]);
    expect([rejected.status, sold.status]).toEqual(['REJECTED', 'CONFIRMED']);
    const ended: string[] = [];
    let cursor: string | undefined;
    do {
      const endedOn = iso(Date.now()).slice(0, 10);
      const page: { items: { id: string }[]; cursor?: string } = await invoke('auditOrders', {
        endedOn,
        cursor,
      });
      ended.push(...page.items.map(({ id }) => id));
      cursor = page.cursor;
    } while (cursor);
    expect(ended).toContain(rejected.id);
    expect(ended).not.toContain(sold.id);
  });

  test('are compared by one run at a time, and a run that was killed is gone on with', async () => {
    const client = await rows();
    const TableName = await table('MaintenanceTableName');
    const lease = (until: number, more = {}) =>
      client.send(new PutCommand({ TableName, Item: { id: 'reconcile', owner: 'another', until, ...more } }));
    await lease(Date.now() + MINUTE);
    expect(await invoke('reconcileBooks', { days: 1, quietSeconds: 600 })).toMatchObject({ outcome: 'BUSY' });
    const state = JSON.stringify({ startedAt: Date.now(), days: 1, day: 0 });
    await lease(Date.now() - 1, { state });
    expect(await invoke('reconcileBooks', { days: 1, quietSeconds: 600 })).toMatchObject({ outcome: 'DONE' });
    const { Item } = await client.send(new GetCommand({ TableName, Key: { id: 'reconcile' } }));
    expect(Item).toEqual({ id: 'reconcile' });
  });
});

describe('the cleanup', () => {
  test('counts what was abandoned in a dry run, then has it cancelled', async () => {
    const { id, status } = await order('tok_requires_action');
    expect(status).toBe('AWAITING_PAYMENT');
    const longAgo = iso(Date.now() - 4 * DAY);
    const client = await rows();
    await client.send(
      new UpdateCommand({
        TableName: await table('OrdersTableName'),
        Key: { id },
        UpdateExpression: 'SET createdAt = :longAgo',
        ExpressionAttributeValues: { ':longAgo': longAgo },
      }),
    );
    const dry = await invoke<{ counts: { orders: { removed: number } } }>('cleanUp', { dryRun: true });
    expect(dry.counts.orders.removed).toBeGreaterThanOrEqual(1);
    expect(await getOrder(id)).toMatchObject({ status: 'AWAITING_PAYMENT' });
    const TableName = await table('MaintenanceTableName');
    await client.send(new DeleteCommand({ TableName, Key: { id: 'clean-up' } }));
    expect(await invoke('cleanUp', { dryRun: false })).toMatchObject({ outcome: 'DONE', failed: [] });
    const cancelled = await waitFor(
      async () => {
        const now = await getOrder(id);
        return now.paymentStatus === 'VOIDED' && now;
      },
      { limit: 30_000, what: 'the abandoned order to be settled' },
    );
    expect(cancelled.status).toBe('CANCELLED');
  });

  test('forgets connections that nobody closed', async () => {
    const client = await rows();
    const TableName = await table('LiveTableName');
    const Key = { id: `connection#${newKey()}` };
    const openedAt = iso(Date.now() - DAY);
    await client.send(new PutCommand({ TableName, Item: { ...Key, audience: 'customer#test', openedAt } }));
    const clean = async (dryRun: boolean) => {
      let cursor: string | undefined;
      do {
        const page: { cursor?: string } = await invoke('cleanUpConnections', { cursor, dryRun });
        cursor = page.cursor;
      } while (cursor);
      return (await client.send(new GetCommand({ TableName, Key }))).Item;
    };
    expect(await clean(true)).toMatchObject(Key);
    expect(await clean(false)).toBeUndefined();
  });

  test('deletes exports that are over', async () => {
    const { endpoint, region, outputs } = await stack();
    const s3 = new S3Client({ endpoint, region, credentials: { ...keys }, forcePathStyle: true });
    const Bucket = outputs.ExportsBucketName as string;
    const Key = `people/zzzz-${newKey()}/orders.json`;
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: '{}' }));
    const page = { cursor: 'people/zzzz', dryRun: false };
    expect(await invoke('cleanUpExports', page)).toMatchObject({ removed: 0 });
    expect(await invoke('cleanUpExports', { ...page, olderThanHours: 0 })).toMatchObject({ removed: 1 });
    await expect(s3.send(new HeadObjectCommand({ Bucket, Key }))).rejects.toMatchObject({ name: 'NotFound' });
  });

  test('deletes thumbnails that no picture knows, and leaves those that are young', async () => {
    const { endpoint, region } = await stack();
    const s3 = new S3Client({ endpoint, region, credentials: { ...keys }, forcePathStyle: true });
    const Bucket = await table('ImagesBucketName');
    const Key = `processed/zzzz-${newKey()}/img_1/large.jpg`;
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
    const page = { cursor: 'processed/zzzz', dryRun: false };
    await invoke('cleanUpUploads', page);
    await s3.send(new HeadObjectCommand({ Bucket, Key }));
    expect(await invoke('cleanUpUploads', { ...page, olderThanHours: 0, dryRun: true })).toMatchObject({
      removed: 1,
    });
    await s3.send(new HeadObjectCommand({ Bucket, Key }));
    expect(await invoke('cleanUpUploads', { ...page, olderThanHours: 0 })).toMatchObject({ removed: 1 });
    await expect(s3.send(new HeadObjectCommand({ Bucket, Key }))).rejects.toMatchObject({ name: 'NotFound' });
  });
});

test('the report of a day has its orders, lies in the bucket as CSV and HTML, and is mailed', async () => {
  await order();
  const day = iso(Date.now()).slice(0, 10);
  const TableName = await table('MaintenanceTableName');
  await (await rows()).send(new DeleteCommand({ TableName, Key: { id: 'daily-report-mail' } }));
  const report = await invoke<{ orders: number; files: string[]; slowestSteps: { step: string }[] }>(
    'makeDailyReport',
    { day, mail: true },
  );
  expect(report.orders).toBeGreaterThan(0);
  expect(report.files).toEqual([`daily/${day}.csv`, `daily/${day}.html`]);
  expect(report.slowestSteps.map(({ step }) => step)).toContain('ProcessPayment');
  const { endpoint, region } = await stack();
  const s3 = new S3Client({ endpoint, region, credentials: { ...keys }, forcePathStyle: true });
  const Bucket = await table('ReportsBucketName');
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: `daily/${day}.csv` }));
  const csv = (await Body?.transformToString()) ?? '';
  expect(csv.split('\n')[0]).toBe('day,section,name,measure,value,unit');
  expect(csv).toContain(`${day},day,orders,count,${report.orders},`);
  const mails = await outbox(`Orders of ${day}: `);
  expect(mails.map(({ To, Subject }) => [To, Subject])).toContainEqual([
    ['reports@example.com'],
    expect.stringContaining(`: ${report.orders}`),
  ]);
  const marked = await (await rows()).send(new GetCommand({ TableName, Key: { id: 'daily-report-mail' } }));
  expect(marked.Item).toEqual({ id: 'daily-report-mail', state: JSON.stringify({ days: [day] }) });
});

test('a warm-up ping ends before the function does any work', async () => {
  expect(await invoke('createOrder', { warmup: true })).toBeNull();
  expect(await invoke('warmUp', {})).toEqual({ warm: ['createOrder', 'getOrder'], failed: [] });
});

/** Hears the alarm topic through a queue of the test's own. */
async function listen(): Promise<(word: string) => Promise<string>> {
  const [sqs, sns] = [await awsClient(SQSClient), await awsClient(SNSClient)];
  const { region } = await stack();
  const name = newKey();
  const arn = `arn:aws:sqs:${region}:000000000000:${name}`;
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: arn,
      },
    ],
  });
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: { Policy } }));
  await sns.send(
    new SubscribeCommand({ TopicArn: await table('AlarmTopicArn'), Protocol: 'sqs', Endpoint: arn }),
  );
  return async (word) => {
    const body = await waitFor(
      async () => {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
        );
        return Messages.find(({ Body = '' }) => Body.includes(word))?.Body;
      },
      { what: `an alarm about ${word}` },
    );
    await sqs.send(new DeleteQueueCommand({ QueueUrl }));
    return JSON.parse(body).Message;
  };
}
