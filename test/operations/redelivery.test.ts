import type { KinesisClient } from '@aws-sdk/client-kinesis';
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { AwsRedelivery } from '../../services/operations/adapters/aws-redelivery';
import { DEAD_LETTER_QUEUES, type Target } from '../../services/operations/domain/dead-letter-queues';

const body = JSON.stringify({ eventSource: 'aws:dynamodb', dynamodb: {} });
const READERS = DEAD_LETTER_QUEUES['order-stream-dlq'] as Target;

function redelivery(failing: string[] = []) {
  const invoked: string[] = [];
  const send = async (command: InvokeCommand) => {
    if (!(command instanceof InvokeCommand)) throw new Error('not asked for');
    const name = String(command.input.FunctionName);
    invoked.push(name);
    return failing.includes(name) ? { FunctionError: 'Unhandled' } : {};
  };
  const lambda = { send } as unknown as LambdaClient;
  const to = new AwsRedelivery(
    { sqs: {} as SQSClient, lambda, kinesis: {} as KinesisClient },
    'orderly-test-',
  );
  const letter = { id: '1', sentAt: 0, body };
  return { invoked, retry: (over: object = {}) => to.retry({ ...letter, ...over }, READERS) };
}

test('a record that one reader of a stream parked goes to that reader alone: the other had its own', async () => {
  const { retry, invoked } = redelivery();
  expect(await retry({ parkedBy: 'orderly-test-startOrderSaga' })).toBe('RETRIED');
  expect(invoked).toEqual(['orderly-test-startOrderSaga']);
});

test.each([undefined, 'orderly-test-renamedMeanwhile'])(
  'one that was parked by %s goes to all its readers',
  async (parkedBy) => {
    const { retry, invoked } = redelivery();
    expect(await retry({ parkedBy })).toBe('RETRIED');
    expect(invoked).toEqual(['orderly-test-publishOrderEvents', 'orderly-test-startOrderSaga']);
  },
);

test('it stays when a reader fails again, and when it is no record', async () => {
  const { retry } = redelivery(['orderly-test-startOrderSaga']);
  expect(await retry()).toBe('FAILED');
  expect(await retry({ body: '{"DDBStreamBatchInfo":{}}' })).toBe('NO_CONTENT');
});
