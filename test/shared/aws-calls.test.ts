import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { newInvocation, runInvocation } from '../../shared/lambda/invocation';
import { isTransient } from '../../shared/lambda/transient';
import { Refused, startWire, takenByQueue, type Wire } from '../handlers/inventory/wire';
import { context } from './support/records';

let wire: Wire;
let dynamodb: typeof import('../../shared/aws/dynamodb').dynamodb;
let parkIn: typeof import('../../shared/aws/dead-letters').parkIn;
let transact: typeof import('../../shared/aws/transaction').transact;

beforeAll(async () => {
  wire = await startWire({ SERVICE_NAME: 'test' });
  ({ dynamodb } = await import('../../shared/aws/dynamodb'));
  ({ parkIn } = await import('../../shared/aws/dead-letters'));
  ({ transact } = await import('../../shared/aws/transaction'));
});
afterAll(() => wire.close());
beforeEach(() => {
  wire.calls.length = 0;
  wire.answers = {};
});

/** What the work used, as the last line of an invocation tells. */
async function used(work: () => Promise<unknown>, milliseconds = 6000) {
  const { invocation, end } = newInvocation(context(milliseconds));
  await runInvocation(invocation, work).finally(end);
  return invocation.used;
}

const put = () => dynamodb.send(new PutCommand({ TableName: 't', Item: { id: '1', none: undefined } }));
const TRANSACTION = [{ Put: { TableName: 't', Item: { id: '1' } } }];
const cancelled = (...Codes: string[]) =>
  new Refused({
    __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
    message: 'cancelled',
    CancellationReasons: Codes.map((Code) => ({ Code })),
  });

describe('an invocation counts', () => {
  test('its calls, and the units of its writes alone', async () => {
    wire.answers.PutItem = () => ({ ConsumedCapacity: { CapacityUnits: 3 } });
    wire.answers.GetItem = () => ({ ConsumedCapacity: { CapacityUnits: 7 } });
    const get = () => dynamodb.send(new GetCommand({ TableName: 't', Key: { id: '1' } }));
    expect(await used(async () => [await put(), await get()])).toEqual({ awsCalls: 2, writeUnits: 3 });
  });

  test('the units of a transaction over all its tables', async () => {
    wire.answers.TransactWriteItems = () => ({
      ConsumedCapacity: [{ CapacityUnits: 4 }, { CapacityUnits: 2 }],
    });
    expect(await used(() => transact(dynamodb, TRANSACTION))).toEqual({ awsCalls: 1, writeUnits: 6 });
    expect(wire.calls[0]?.body.ReturnConsumedCapacity).toBe('TOTAL');
  });

  test('nothing of the invocation beside it', async () => {
    wire.answers.PutItem = () => ({ ConsumedCapacity: { CapacityUnits: 1 } });
    const both = await Promise.all([used(put), used(async () => [await put(), await put()])]);
    expect(both).toEqual([
      { awsCalls: 1, writeUnits: 1 },
      { awsCalls: 2, writeUnits: 2 },
    ]);
  });

  test('and a call outside of one works all the same', async () => {
    await put();
    expect(wire.calls[0]?.body.Item).toEqual({ id: { S: '1' } });
  });
});

describe('the deadline', () => {
  test('aborts a call that hangs, one second before the time-out of the function', async () => {
    wire.answers.PutItem = () => new Promise(() => undefined);
    const started = Date.now();
    const failure = await used(put, 1200).catch((error) => error);
    expect(isTransient(failure)).toBe(true);
    expect(Date.now() - started).toBeLessThan(1000);
  });

  test('a call that names its own signal keeps it', async () => {
    wire.answers.PutItem = () => new Promise(() => undefined);
    const own = new AbortController();
    const call = dynamodb.send(new PutItemCommand({ TableName: 't', Item: {} }) as never, {
      abortSignal: own.signal,
    });
    own.abort();
    await expect(used(() => call)).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('a transaction', () => {
  test('contended twice is tried a third time', async () => {
    const answers = [cancelled('TransactionConflict'), cancelled('None', 'ThrottlingError'), {}];
    wire.answers.TransactWriteItems = () => answers.shift();
    expect(await transact(dynamodb, TRANSACTION)).toEqual({ committed: true });
    expect(wire.calls).toHaveLength(3);
  });

  test('contended for good is a conflict after three tries', async () => {
    wire.answers.TransactWriteItems = () => cancelled('TransactionConflict');
    await expect(transact(dynamodb, TRANSACTION)).rejects.toMatchObject({
      name: 'TransactionConflictException',
    });
    expect(wire.calls).toHaveLength(3);
  });

  test('whose condition failed says which, with the row in its way, and is not tried again', async () => {
    wire.answers.TransactWriteItems = () =>
      new Refused({
        __type: 'TransactionCanceledException',
        CancellationReasons: [
          { Code: 'None' },
          { Code: 'ConditionalCheckFailed', Item: { id: { S: '1' }, version: { N: '4' } } },
          { Code: 'ConditionalCheckFailed' },
        ],
      });
    expect(await transact(dynamodb, TRANSACTION)).toEqual({
      committed: false,
      hindrances: [
        { index: 1, row: { id: '1', version: 4 } },
        { index: 2, row: undefined },
      ],
    });
    expect(wire.calls).toHaveLength(1);
  });

  test('that is wrong in itself is a fault', async () => {
    wire.answers.TransactWriteItems = () => cancelled('ValidationError');
    await expect(transact(dynamodb, TRANSACTION)).rejects.toMatchObject({
      name: 'TransactionCanceledException',
    });
  });
});

describe('a dead-letter queue', () => {
  const dead = { body: 'the message', reason: 'höpeless\n', correlationId: 'cor_1', messageId: 'm1' };

  test('that could not be found for a moment is looked for again, then remembered', async () => {
    wire.answers.GetQueueUrl = () => new Refused({ __type: 'QueueDoesNotExist', message: 'not yet' });
    await expect(parkIn('late')(dead)).rejects.toThrow();
    wire.answers.GetQueueUrl = ({ QueueName }) => ({
      QueueUrl: `${process.env.AWS_ENDPOINT_URL}/${QueueName}`,
    });
    wire.answers.SendMessage = takenByQueue;
    await parkIn('late')(dead);
    await parkIn('late')(dead);
    expect(wire.operations()).toEqual(['GetQueueUrl', 'GetQueueUrl', 'SendMessage', 'SendMessage']);
  });

  test('keeps the body as it came, and why, whence and by whom as attributes', async () => {
    process.env.AWS_LAMBDA_FUNCTION_NAME = 'orderly-test-startOrderSaga';
    wire.answers.GetQueueUrl = () => ({ QueueUrl: `${process.env.AWS_ENDPOINT_URL}/dlq` });
    wire.answers.SendMessage = takenByQueue;
    await parkIn('dlq')(dead);
    expect(wire.calls.at(-1)?.body).toMatchObject({
      MessageBody: 'the message',
      MessageAttributes: {
        reason: { StringValue: 'h?peless?' },
        correlationId: { StringValue: 'cor_1' },
        messageId: { StringValue: 'm1' },
        parkedBy: { StringValue: 'orderly-test-startOrderSaga' },
      },
    });
    delete process.env.AWS_LAMBDA_FUNCTION_NAME;
  });
});

test.each([
  [{ name: 'ThrottlingException' }, true],
  [{ name: 'AbortError' }, true],
  [{ code: 'ECONNREFUSED' }, true],
  [{ name: 'X', $metadata: { httpStatusCode: 503 } }, true],
  [{ name: 'X', $retryable: {} }, true],
  [{ name: 'AccessDeniedException', $metadata: { httpStatusCode: 400 } }, false],
  [{ name: 'ValidationException', $metadata: { httpStatusCode: 400 } }, false],
  [new TypeError('x'), false],
  [undefined, false],
  ['text', false],
])('%j is a fault of the moment: %p', (error, transient) => {
  expect(isTransient(error)).toBe(transient);
});
