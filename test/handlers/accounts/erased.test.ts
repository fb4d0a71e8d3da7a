import { readFileSync } from 'node:fs';
import { context, startWire, type Wire } from '../images/wire';

const read = (key: string) => JSON.parse(readFileSync(`events/samples/accounts/${key}.json`, 'utf8'));

// biome-ignore lint/suspicious/noExplicitAny: events and results as they are on the wire
type Handler = (event: any, given: typeof context) => Promise<any>;
let wire: Wire;
let changeMe: Handler;
let getMe: Handler;
let readRecipient: Handler;
let eraseAccount: Handler;

/** What is left of the account of `sample-customer`. */
let row: { customerId: { S: string }; version?: unknown } | undefined;

beforeAll(async () => {
  wire = await startWire({
    ...{ SERVICE_NAME: 'accounts', ACCOUNTS_TABLE: 'accounts' },
    ...{ USER_POOL_ID: 'eu-west-1_pool', ERASE_DEVICES_FUNCTION: 'f-eraseDevices' },
  });
  ({ handler: changeMe } = await import('../../../services/accounts/handlers/change-me'));
  ({ handler: getMe } = await import('../../../services/accounts/handlers/get-me'));
  ({ handler: readRecipient } = await import('../../../services/accounts/handlers/read-recipient'));
  ({ handler: eraseAccount } = await import('../../../services/accounts/handlers/erase-account'));
});
afterAll(() => wire.close());

beforeEach(() => {
  row = undefined;
  wire.calls.length = 0;
  wire.answers = {
    GetItem: () => ({ Item: row }),
    PutItem: ({ Item, ConditionExpression }) => {
      if (ConditionExpression && row) {
        const __type = 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException';
        return { status: 400, body: JSON.stringify({ __type, message: 'failed', Item: row }) };
      }
      row = Item;
      return {};
    },
  };
});

test('of an erased account its id is left for two hours, in which its token makes no new one', async () => {
  const start = Math.floor(Date.now() / 1000);
  expect(
    await eraseAccount({ ...read('eraseAccount.invoke'), customerId: 'sample-customer' }, context),
  ).toEqual({ outcome: 'ERASED' });
  expect(row).toEqual({ customerId: { S: 'sample-customer' }, ttl: { N: expect.any(String) } });
  const { ttl } = row as unknown as { ttl: { N: string } };
  expect(Number(ttl.N) - start).toBeGreaterThanOrEqual(7200);
  expect(Number(ttl.N) - start).toBeLessThan(7300);

  for (const seen of ['"0"', '"1"', '*']) {
    const event = read('changeMe.http');
    const headers = { ...event.headers, 'if-match': seen };
    const { statusCode } = await changeMe({ ...event, headers }, context);
    expect([seen, statusCode]).toEqual([seen, seen === '"1"' ? 412 : 404]);
  }
  expect(row?.version).toBeUndefined();
  const me = await getMe(read('getMe.http'), context);
  expect(JSON.parse(me.body)).toMatchObject({ addresses: [], devices: [], version: 0 });
  expect(JSON.parse(me.body)).not.toHaveProperty('ttl');
  expect(await readRecipient(read('readRecipient.invoke'), context)).toEqual({ outcome: 'UNKNOWN' });
});

test('a change that another one overtook is still 412', async () => {
  row = { customerId: { S: 'sample-customer' }, version: { N: '1' } };
  wire.answers.GetItem = () => ({});
  expect(await changeMe(read('changeMe.http'), context)).toMatchObject({ statusCode: 412 });
});

describe('a device that is taken off the account', () => {
  const devices = { platform: { S: 'fcm' }, token: { S: 'token-of-a-phone' }, id: { S: 'dev_1' } };
  const dropped = () => {
    const event = read('changeMe.http');
    const headers = { ...event.headers, 'if-match': '"1"' };
    return changeMe({ ...event, headers, body: '{"devices":[]}' }, context);
  };

  beforeEach(() => {
    const none = { addresses: { L: [] }, preferences: { M: {} } };
    row = {
      customerId: { S: 'sample-customer' },
      version: { N: '1' },
      ...none,
      devices: { L: [{ M: devices }] },
    } as never;
    wire.answers.PutItem = ({ Item }) => {
      row = Item;
      return {};
    };
  });

  test('is named to notifications before the save and after it', async () => {
    wire.answers.Invoke = () => ({ outcome: 'ERASED' });
    expect(await dropped()).toMatchObject({ statusCode: 200 });
    expect(wire.operations()).toEqual(['GetItem', 'Invoke', 'PutItem', 'Invoke']);
    expect(wire.calls[1]?.body).toMatchObject({
      customerId: 'sample-customer',
      correlationId: 'sample-change-me',
      devices: [{ platform: 'fcm', token: 'token-of-a-phone' }],
    });
  });

  test.each([
    ['fails', () => ({ status: 200, headers: { 'x-amz-function-error': 'Unhandled' }, body: '{}' })],
    ['answers what is not known here', () => ({ outcome: 'PERHAPS' })],
  ])('stays, with 503, while notifications %s', async (_what, answer) => {
    wire.answers.Invoke = answer;
    expect(await dropped()).toMatchObject({ statusCode: 503 });
    expect(wire.operations()).not.toContain('PutItem');
  });
});
