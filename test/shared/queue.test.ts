import { PermanentFault } from '../../shared/kernel/permanent-fault';
import { annotate, invocation } from '../../shared/lambda/invocation';
import { eventMessage, queue } from '../../shared/lambda/queue';
import { catchLog } from './support/log';
import { context, message } from './support/records';

const log = catchLog();
beforeEach(() => log.clear());

interface Text {
  text: string;
  correlationid: string;
}

const read = (event: unknown): Text => {
  const { text, correlationid } = event as Partial<Text>;
  if (!text || !correlationid) throw new Error('not an event of ours');
  return { text, correlationid };
};

function consumer(work: (text: string) => Promise<void> = async () => undefined) {
  const parked: { body: string; reason: string; correlationId: string; messageId: string }[] = [];
  const done: string[] = [];
  const handler = queue<Text>(
    {
      parse: eventMessage(read),
      park: async (dead) => {
        if (dead.body.includes('unparkable')) throw new Error('the queue is away');
        parked.push(dead);
      },
      maxReceives: 5,
    },
    async ({ text }) => {
      await work(text);
      done.push(text);
    },
  );
  return {
    parked,
    done,
    receive: (...records: ReturnType<typeof message>[]) => handler({ Records: records }, context()),
  };
}

const good = (text = 'good', id = text) => message({ text, correlationid: `cor-${text}` }, 1, id);
const failing = async (text: string) => {
  if (text === 'throttled') throw new Error('throttled for the moment');
  if (text.startsWith('hopeless')) throw new PermanentFault('the provider refuses it');
};

test('a batch that is handled leaves no failure', async () => {
  const { receive, done } = consumer();
  expect(await receive(good('a'), good('b'))).toEqual({ batchItemFailures: [] });
  expect(done).toEqual(['a', 'b']);
});

test('a message that fails for the moment is received again, alone', async () => {
  const { receive, done, parked } = consumer(failing);
  const batch = await receive(good('a'), good('throttled'), good('b'));
  expect(batch).toEqual({ batchItemFailures: [{ itemIdentifier: 'throttled' }] });
  expect(done).toEqual(['a', 'b']);
  expect(parked).toEqual([]);
});

test('a permanent fault is parked at once with its reason', async () => {
  const { receive, parked } = consumer(failing);
  expect(await receive(good('hopeless'), good('a'))).toEqual({ batchItemFailures: [] });
  expect(parked).toEqual([
    {
      body: good('hopeless').body,
      reason: 'PermanentFault: the provider refuses it',
      correlationId: 'cor-hopeless',
      messageId: 'hopeless',
    },
  ]);
});

test('the last receive is parked with its reason, one before is received again', async () => {
  const { receive, parked } = consumer(failing);
  const received = (times: number) => message({ text: 'throttled', correlationid: 'cor-1' }, times);
  expect(await receive(received(4))).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-1' }] });
  expect(parked).toEqual([]);
  expect(await receive(received(5))).toEqual({ batchItemFailures: [] });
  expect(parked).toMatchObject([{ reason: 'Error: throttled for the moment', correlationId: 'cor-1' }]);
});

test.each([
  ['is not JSON', 'nonsense', 'PermanentFault: The message is not JSON'],
  ['is not what the queue carries', '{"text":1}', 'PermanentFault: not an event of ours'],
  ['is null', 'null', /^PermanentFault: /],
])('a message that %s is parked, its neighbour is handled', async (_what, body, reason) => {
  const { receive, parked, done } = consumer();
  expect(await receive(message(body, 1, 'poison'), good('a'))).toEqual({ batchItemFailures: [] });
  expect(parked).toMatchObject([{ body, messageId: 'poison', reason: expect.stringMatching(reason) }]);
  expect(done).toEqual(['a']);
});

test('a message that cannot be parked is received again: it is never lost', async () => {
  const { receive } = consumer(failing);
  const batch = await receive(good('hopeless, unparkable', 'm1'), good('a'));
  expect(batch).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
});

test('every log line of a message has its own correlation id and ids, whatever runs beside it', async () => {
  const { receive } = consumer(async (text) => {
    annotate({ orderId: `order-${text}` });
    await new Promise((resolve) => setImmediate(resolve));
    invocation().log.info(`working on ${text}`);
  });
  await receive(good('a'), good('b'));
  const lines = log.lines.filter((line) => line.message?.startsWith('working'));
  expect(lines).toEqual([
    expect.objectContaining({ message: 'working on a', correlationId: 'cor-a', orderId: 'order-a' }),
    expect.objectContaining({ message: 'working on b', correlationId: 'cor-b', orderId: 'order-b' }),
  ]);
});

test('a failure is told under the correlation id of its message, and its body is not', async () => {
  const { receive } = consumer(failing);
  await receive(message({ text: 'throttled', correlationid: 'cor-1', email: 'ada@example.com' }));
  const [line] = log.lines.filter(({ level }) => level === 'warn');
  expect(line).toMatchObject({ correlationId: 'cor-1', messageId: 'message-1' });
  expect(log.text()).not.toContain('ada@example.com');
});
