import { readFileSync } from 'node:fs';
import { eventOf } from '../../../services/operations/domain/dead-letter-queues';
import { context, startWire, takenByQueue, type Wire } from '../images/wire';

const read = (key: string) => JSON.parse(readFileSync(`events/samples/privacy/${key}.json`, 'utf8'));

// biome-ignore lint/suspicious/noExplicitAny: events and results as they are on the wire
type Handler = (event: any, given: typeof context) => Promise<any>;
let wire: Wire;
let erasePerson: Handler;
let exportPerson: Handler;
let getPersonRequest: Handler;
let workPersonRequest: Handler;

beforeAll(async () => {
  wire = await startWire({
    ...{ REQUESTS_TABLE: 'requests', IDEMPOTENCY_TABLE: 'idempotency', AUDIT_LOG_TABLE: 'audit-log' },
    ...{ EXPORTS_BUCKET: 'exports', FUNCTIONS_PREFIX: 'f-', DEAD_LETTER_QUEUE: 'dlq' },
  });
  ({ handler: erasePerson } = await import('../../../services/privacy/handlers/erase-person'));
  ({ handler: exportPerson } = await import('../../../services/privacy/handlers/export-person'));
  ({ handler: getPersonRequest } = await import('../../../services/privacy/handlers/get-person-request'));
  ({ handler: workPersonRequest } = await import('../../../services/privacy/handlers/work-person-request'));
});
afterAll(() => wire.close());

beforeEach(() => {
  wire.calls.length = 0;
  wire.answers = { Invoke: () => ({ outcome: 'FOUND', customerId: 'ada', emailHash: 'hash' }) };
});

const EMAIL = 'ada@example.com';
const asked = (body: unknown, more: object = {}) => ({
  ...read('erasePerson.http'),
  body: JSON.stringify(body),
  ...more,
});
const written = () =>
  JSON.stringify(wire.calls.filter(({ operation }) => operation === 'TransactWriteItems'));

describe('POST /staff/people/erase', () => {
  test('stores request, reply and audit entry at once, and nowhere the address it was asked by', async () => {
    const result = await erasePerson(asked({ requestId: 'DSR-2026-0042', email: EMAIL }), context);
    expect(result).toMatchObject({
      statusCode: 202,
      headers: { location: '/staff/people/requests/DSR-2026-0042' },
    });
    const [write] = wire.calls.filter(({ operation }) => operation === 'TransactWriteItems');
    const tables = write?.body.TransactItems.map(({ Put }: { Put: { TableName: string } }) => Put.TableName);
    expect(tables).toEqual(['idempotency', 'requests', 'audit-log']);
    expect(written()).not.toContain(EMAIL);
    expect(JSON.stringify(write?.body.TransactItems[2])).not.toMatch(/ada|hash/);
  });

  test.each([
    ['nobody named', { requestId: 'DSR-2026-0042' }],
    ['two named', { requestId: 'DSR-2026-0042', email: EMAIL, customerId: 'ada' }],
    ['an id that nobody signed off', { requestId: 'ada lovelace', email: EMAIL }],
    ['an order id that is none', { requestId: 'DSR-2026-0042', orderId: '../ada' }],
    ['an address that is none', { requestId: 'DSR-2026-0042', email: 'ada' }],
    ['an unknown member', { requestId: 'DSR-2026-0042', email: EMAIL, force: true }],
  ])('%s is 400, and nobody is asked', async (_what, body) => {
    const result = await erasePerson(asked(body), context);
    expect([result.statusCode, JSON.parse(result.body).code]).toEqual([400, 'VALIDATION_FAILED']);
    expect(wire.calls).toEqual([]);
  });

  test('a customer is 403', async () => {
    const event = asked({ requestId: 'DSR-2026-0042', email: EMAIL });
    delete event.requestContext.authorizer.jwt.claims['cognito:groups'];
    expect(await erasePerson(event, context)).toMatchObject({ statusCode: 403 });
    expect(wire.calls).toEqual([]);
  });

  test('to be erased an account counts by an address that nobody verified too, to be told it does not', async () => {
    await erasePerson(asked({ requestId: 'DSR-2026-0042', email: EMAIL }), context);
    await exportPerson(asked({ requestId: 'DSR-2026-0043', email: EMAIL }), context);
    const questions = wire.calls.filter(({ operation }) => operation === 'Invoke').map(({ body }) => body);
    expect(questions).toMatchObject([{ verifiedOnly: false }, { email: EMAIL, verifiedOnly: true }]);
  });

  test('nobody by that name is 404, and nothing is stored', async () => {
    wire.answers.Invoke = () => ({ outcome: 'UNKNOWN' });
    const body = { requestId: 'DSR-2026-0042', orderId: 'ord_01KA00000SAMP1E0RDER000000' };
    const result = await erasePerson(asked(body), context);
    expect([result.statusCode, written()]).toEqual([404, '[]']);
  });
});

test('a request that is not there is 404', async () => {
  expect(await getPersonRequest(read('getPersonRequest.http'), context)).toMatchObject({ statusCode: 404 });
});

describe('workPersonRequest', () => {
  test('a keeper that fails stops the request where it is: the stream brings it again', async () => {
    wire.answers.Invoke = () => ({
      status: 200,
      headers: { 'x-amz-function-error': 'Unhandled' },
      body: '{"errorMessage":"ada@example.com broke it"}',
    });
    const failure = await workPersonRequest(read('workPersonRequest.stream'), context).catch(
      (error) => error,
    );
    expect(String(failure)).toContain('readPersonOrders failed');
    expect(String(failure)).not.toContain(EMAIL);
    expect(wire.operations()).not.toContain('PutItem');
  });

  describe('a keeper that goes on failing', () => {
    const aged = (minutes: number) => {
      const event = read('workPersonRequest.stream');
      event.Records[0].dynamodb.ApproximateCreationDateTime = Math.floor(Date.now() / 1000) - minutes * 60;
      return event;
    };
    const sent = () => wire.calls.filter(({ operation }) => operation === 'SendMessage');

    beforeEach(() => {
      wire.answers.Invoke = () => ({
        status: 200,
        headers: { 'x-amz-function-error': 'Unhandled' },
        body: '{"errorMessage":"ada@example.com broke it"}',
      });
      wire.answers.GetQueueUrl = () => ({ QueueUrl: `${process.env.AWS_ENDPOINT_URL}/0/dlq` });
      wire.answers.SendMessage = takenByQueue;
    });

    test('keeps the requests behind it waiting for ten minutes, then its own is parked, with all it takes to redrive it', async () => {
      await expect(workPersonRequest(aged(9), context)).rejects.toThrow('readPersonOrders failed');
      expect(sent()).toEqual([]);
      expect(await workPersonRequest(aged(11), context)).toEqual({ batchItemFailures: [] });
      const [letter] = sent();
      expect(letter?.body.MessageAttributes).toMatchObject({
        reason: { StringValue: 'ServiceUnavailable: readPersonOrders failed' },
        correlationId: { StringValue: 'sample-work-person' },
      });

      const event = eventOf(letter?.body.MessageBody);
      await expect(workPersonRequest(event, context)).rejects.toThrow('readPersonOrders failed');
      expect(sent()).toHaveLength(1);
      wire.answers.Invoke = () => ({ outcome: 'FOUND', orderIds: [], open: [], orders: [] });
      expect(await workPersonRequest(event, context)).toEqual({ batchItemFailures: [] });
      expect(wire.operations()).toContain('PutItem');
    });

    test('stays in the stream when it cannot be parked either', async () => {
      wire.answers.SendMessage = () => ({ status: 400, body: '{"__type":"AccessDenied"}' });
      await expect(workPersonRequest(aged(11), context)).rejects.toThrow('readPersonOrders failed');
    });

    test('is parked also when it answers nothing until the deadline', async () => {
      wire.answers.Invoke = () => new Promise((resolve) => setTimeout(resolve, 1500, {}).unref());
      const short = { ...context, getRemainingTimeInMillis: () => 1200 };
      expect(await workPersonRequest(aged(11), short)).toEqual({ batchItemFailures: [] });
      expect(sent()).toHaveLength(1);
    });
  });

  test('a row that is none is parked, and the stream goes on', async () => {
    wire.answers.GetQueueUrl = () => ({ QueueUrl: `${process.env.AWS_ENDPOINT_URL}/0/dlq` });
    wire.answers.SendMessage = takenByQueue;
    const event = read('workPersonRequest.stream');
    event.Records[0].dynamodb.NewImage.step = { S: 'NONSENSE' };
    expect(await workPersonRequest(event, context)).toEqual({ batchItemFailures: [] });
    expect(wire.operations()).toContain('SendMessage');
  });
});
