import { createHash, randomUUID } from 'node:crypto';
import { KinesisClient, SplitShardCommand } from '@aws-sdk/client-kinesis';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { SNSClient, SubscribeCommand, UnsubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { encodeLines } from '../../services/clickstream/adapters/click-lines';
import { iso, MINUTE } from '../../shared/kernel/time';
import {
  click,
  figures,
  newSession,
  ownMinute,
  postClicks,
  putOnStream,
  shards,
  total,
} from '../clickstream/support/deployed';
import { view } from '../clickstream/support/lines';
import { api } from '../support/api';
import { awsClient } from '../support/aws-client';
import { withFunctionEnvironment } from '../support/function-environment';
import { tokenOf } from '../support/sign-in';
import { stack } from '../support/stack';
import { waitFor } from '../support/wait-for';

const KINDS = ['session_start', 'view', 'view', 'view', 'cart', 'order', 'click'];

/** Waits until what was sent before, under the same session, is counted: its shard is read in order. */
async function counted(...sessions: string[]): Promise<void> {
  const minute = ownMinute();
  await fourAtOnce(sessions, (session) => takenCall(session, [click({ at: iso(minute) })]));
  await waitFor(async () => total(await figures('kind', minute)) === sessions.length, {
    what: 'all that was sent before to be counted',
  });
}

/** A page sends again what was not taken: a worker that starts late, a stream that does not answer. */
const takenCall = (session: string, events: readonly unknown[], headers: Record<string, string> = {}) =>
  waitFor(
    async () => {
      const { status, body } = await postClicks(session, events, headers);
      return status === 202 && body;
    },
    { what: 'a call to be taken' },
  );

async function fourAtOnce<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < all.length; start += 4)
    results.push(...(await Promise.all(all.slice(start, start + 4).map(work))));
  return results;
}

test('10,000 clicks sent twice are counted once each, by kind, page and product', async () => {
  const first = ownMinute();
  const calls = Array.from({ length: 20 }, (_, call) => ({
    session: newSession(),
    events: Array.from({ length: 500 }, (_, n) =>
      click({
        kind: KINDS[n % KINDS.length],
        page: `/page-${(call + n) % 40}`,
        productId: `prd_${n % 25}`,
        at: iso(first + (n % 5) * MINUTE + call * 100),
      }),
    ),
  }));
  for (const _ of ['once', 'twice']) {
    const answers = await fourAtOnce(calls, ({ session, events }) => takenCall(session, events));
    expect(answers).toEqual(calls.map(() => ({ accepted: 500, rejected: 0 })));
  }
  await counted(...calls.map(({ session }) => session));
  const last = first + 4 * MINUTE;
  const [kinds, pages, products] = await Promise.all(
    ['kind', 'page', 'product'].map((view) => figures(view, first, last)),
  );
  expect([kinds, pages, products].map((found) => total(found ?? []))).toEqual([10_000, 10_000, 10_000]);
  const sent = calls.flatMap(({ events }) => events);
  for (const kind of new Set(KINDS))
    expect([kind, total(kinds ?? [], kind)]).toEqual([
      kind,
      sent.filter((event) => event.kind === kind).length,
    ]);
  const page7 = sent.filter(({ page }) => page === '/page-7').length;
  expect(total((pages ?? []).filter(({ key }) => key === '/page-7'))).toBe(page7);
});

test('a call that comes again to an environment which has never seen it is not counted again', async () => {
  const minute = ownMinute();
  const [session, events] = [newSession(), Array.from({ length: 300 }, () => click({ at: iso(minute) }))];
  await postClicks(session, events);
  await counted(session);
  await withFunctionEnvironment('countClicks', { FRESH: randomUUID() }, async () => {
    await postClicks(session, events);
    await counted(session);
  });
  expect(total(await figures('kind', minute))).toBe(300);
});

test('500 events of 500 pages and products are one call, and each is counted once', async () => {
  const minute = ownMinute();
  const session = newSession();
  const events = Array.from({ length: 500 }, (_, n) =>
    click({ page: `/wide/${n}`, productId: `prd_${n}`, at: iso(minute) }),
  );
  await postClicks(session, events);
  await postClicks(session, events);
  await counted(session);
  const pages = await figures('page', minute);
  expect([pages.length, total(pages)]).toEqual([500, 500]);
  expect(new Set(pages.map(({ key }) => key)).size).toBe(500);
});

test('the funnel, sessions, devices, referrer and campaign of a minute, each click in its own', async () => {
  const minute = ownMinute();
  const at = (seconds: number) => ({ at: iso(minute + seconds * 1000) });
  const session = newSession();
  const events = [
    click({ kind: 'session_start', campaign: 'autumn', ...at(0) }),
    click({ kind: 'view', productId: 'prd_1', campaign: 'autumn', ...at(1) }),
    click({ kind: 'view', productId: 'prd_2', ...at(2) }),
    click({ kind: 'cart', productId: 'prd_1', ...at(3) }),
    click({ kind: 'order', productId: 'prd_1', ...at(59.9) }),
    click({ kind: 'view', productId: 'prd_1', ...at(-1) }),
  ];
  await postClicks(session, events, { referer: 'https://news.example.org/story?reader=1' });
  await counted(session);
  const one = async (view: string) => (await figures(view, minute)).map(({ key, counts }) => [key, counts]);
  expect(await one('funnel')).toEqual([['funnel', { view: 2, cart: 1, order: 1 }]]);
  expect(await one('session')).toEqual([['session', { session: 1 }]]);
  expect(await one('device')).toEqual([['desktop', { session_start: 1, view: 2, cart: 1, order: 1 }]]);
  expect(await one('referrer')).toEqual([['news.example.org', expect.objectContaining({ view: 2 })]]);
  expect(await one('campaign')).toEqual([['autumn', { session_start: 1, view: 1 }]]);
  expect(Object.fromEntries(await one('product'))).toEqual({
    prd_1: { view: 1, cart: 1, order: 1 },
    prd_2: { view: 1 },
  });
  expect(await figures('kind', minute - MINUTE)).toEqual([
    { minute: iso(minute - MINUTE), key: 'view', counts: { view: 1 } },
  ]);
});

test('who opted out is counted, and no session with them', async () => {
  const minute = ownMinute();
  const session = newSession();
  const events = [click({ kind: 'session_start', at: iso(minute) }), click({ at: iso(minute) })];
  const optedOut = { 'sec-gpc': '1' };
  await takenCall(session, events, optedOut);
  await takenCall(session, events, optedOut);
  // A call is told by its first click here: one that begins with the same follows them on their shard.
  const marker = click({ kind: 'cart', at: iso(minute) });
  await takenCall(session, [events[0], marker], optedOut);
  await waitFor(async () => total(await figures('kind', minute), 'cart') > 0, {
    what: 'the call behind both to be counted',
  });
  expect(await figures('session', minute)).toEqual([]);
  const counts = { session_start: 1, view: 1, cart: 1 };
  const kinds = (await figures('kind', minute)).map((one) => one.counts);
  expect(Object.assign({}, ...kinds)).toEqual(counts);
});

test('bots and malformed events are told from clicks and counted as what they are', async () => {
  const minute = ownMinute();
  const now = Date.now();
  const session = newSession();
  const filtered = async () => {
    const found = await figures('filtered', now, Date.now());
    return { bot: total(found, 'bot'), malformed: total(found, 'malformed') };
  };
  const before = await filtered();
  const good = click({ at: iso(minute) });
  const bot = { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' };
  const call = [good, click({ kind: 'scroll', at: iso(minute) }), { nonsense: 1 }];
  expect((await postClicks(session, call)).body).toEqual({ accepted: 1, rejected: 2 });
  expect((await postClicks(session, call, bot)).body).toEqual({ accepted: 0, rejected: 3 });
  await counted(session);
  expect(total(await figures('kind', minute))).toBe(1);
  const after = await filtered();
  expect([after.bot - before.bot, after.malformed - before.malformed]).toEqual([3, 2]);
});

async function deadLetterQueue(): Promise<{ sqs: SQSClient; QueueUrl: string | undefined }> {
  const sqs = await awsClient(SQSClient);
  const { outputs } = await stack();
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: outputs.ClickStreamDlqName }));
  return { sqs, QueueUrl };
}

async function park(MessageBody: string): Promise<void> {
  const { sqs, QueueUrl } = await deadLetterQueue();
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
}

async function deadLetters(): Promise<Message[]> {
  const { sqs, QueueUrl } = await deadLetterQueue();
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 0,
      MessageAttributeNames: ['All'],
    }),
  );
  return Messages;
}

test('a poison record goes to the dead-letter queue with its reason and delays nobody', async () => {
  const minute = ownMinute();
  const session = newSession();
  const mark = randomUUID();
  await postClicks(session, [click({ at: iso(minute) })]);
  await putOnStream(session, `{"poison":"${mark}"}\n`);
  await putOnStream(session, `no JSON ${mark}`);
  await postClicks(session, [click({ at: iso(minute) })]);
  await counted(session);
  expect(total(await figures('kind', minute))).toBe(2);
  const reasons = await waitFor(
    async () => {
      const ours = (await deadLetters()).filter(({ Body }) => Body?.includes(mark));
      return ours.length >= 2 && ours.map(({ MessageAttributes }) => MessageAttributes?.reason?.StringValue);
    },
    { what: 'both poison records to be parked' },
  );
  expect(reasons.join()).toContain('Line 1 is not JSON');
  expect(reasons.join()).toContain('/key');
});

const redrive = async (id: string) => {
  const token = await tokenOf('staff');
  const { body } = await api('POST /staff/dead-letters/click-stream-dlq/redrive', {
    token,
    body: { ids: [id] },
  });
  return body.items as { outcome: string; digest: string }[];
};

const letters = async () => {
  const token = await tokenOf('staff');
  const { body } = await api('GET /staff/dead-letters/click-stream-dlq?limit=100', { token });
  return body.items as { id: string; digest: string; body: string }[];
};

test('a parked record that nothing is wrong with any more is counted when it is sent on, and is gone', async () => {
  const minute = ownMinute();
  const session = newSession();
  const line = view(randomUUID(), { at: iso(minute), sessionId: session });
  const data = encodeLines([line]);
  const parked = { eventID: 'shardId-1:1', partitionKey: session, data, length: data.length };
  await park(JSON.stringify(parked));
  const letter = await waitFor(async () => (await letters()).find(({ body }) => body.includes(line.key)), {
    what: 'the letter',
  });
  expect(await redrive(letter.id)).toMatchObject([{ outcome: 'RETRIED' }]);
  await waitFor(async () => total(await figures('kind', minute)) === 1, { what: 'the click to be counted' });
  expect((await letters()).filter(({ body }) => body.includes(line.key))).toEqual([]);
});

test('a record that is still poison when it is sent on is parked again', async () => {
  const mark = randomUUID();
  await putOnStream(newSession(), `no JSON ${mark}`);
  const find = async () => (await letters()).find(({ body }) => body.includes(mark));
  const first = await waitFor(find, { what: 'the poison to be parked' });
  expect(await redrive(first.id)).toMatchObject([{ outcome: 'RETRIED', digest: first.digest }]);
  const again = await waitFor(find, { what: 'the poison to be parked again' });
  expect([again.id === first.id, again.digest]).toEqual([false, first.digest]);
});

test('the raw clicks lie in the archive by the day they came, a JSON line each, without an address', async () => {
  const mark = `/raw/${randomUUID()}`;
  const session = newSession();
  await postClicks(
    session,
    [1, 2].map(() => click({ page: mark, at: iso(Date.now()) })),
  );
  const s3 = await awsClient(S3Client);
  Object.assign(s3.config, { forcePathStyle: true });
  const Bucket = (await stack()).outputs.ClickArchiveBucketName;
  const text = await waitFor(
    async () => {
      const Prefix = `clicks/date=${iso(Date.now()).slice(0, 10)}/`;
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix }));
      const newest = Contents.sort((a, b) => Number(b.LastModified) - Number(a.LastModified)).slice(0, 10);
      for (const { Key } of newest) {
        const body = await (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();
        if (body?.includes(mark)) return body;
      }
      return undefined;
    },
    { what: 'the raw clicks' },
  );
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toMatchObject([
    { page: mark, sessionId: session, device: 'desktop' },
    { page: mark, kind: 'view' },
  ]);
  expect(text).not.toContain('127.0.0.1');
});

describe('a spike', () => {
  let queueUrl: string;
  let subscription: string | undefined;

  beforeAll(async () => {
    const [sqs, sns] = [await awsClient(SQSClient), await awsClient(SNSClient)];
    const QueueName = `spikes-${randomUUID()}`;
    const Policy = JSON.stringify({
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }],
    });
    queueUrl = String(
      (await sqs.send(new CreateQueueCommand({ QueueName, Attributes: { Policy } }))).QueueUrl,
    );
    const { ClickSpikesTopicArn: TopicArn } = (await stack()).outputs;
    const Endpoint = `arn:aws:sqs:${(await stack()).region}:000000000000:${QueueName}`;
    subscription = (
      await sns.send(
        new SubscribeCommand({
          TopicArn,
          Protocol: 'sqs',
          Endpoint,
          Attributes: { RawMessageDelivery: 'true' },
        }),
      )
    ).SubscriptionArn;
  });
  afterAll(async () => {
    await (await awsClient(SNSClient)).send(new UnsubscribeCommand({ SubscriptionArn: subscription }));
    await (await awsClient(SQSClient)).send(new DeleteQueueCommand({ QueueUrl: queueUrl }));
  });

  const look = async (minute: number) => {
    const lambda = await awsClient(LambdaClient);
    const { Payload, FunctionError } = await lambda.send(
      new InvokeCommand({
        FunctionName: `orderly-${(await stack()).stage}-detectClickSpikes`,
        Payload: JSON.stringify({ minute: iso(minute) }),
      }),
    );
    expect(FunctionError).toBeUndefined();
    return JSON.parse(Buffer.from(Payload ?? []).toString()).spikes;
  };

  test('is told of once', async () => {
    const minute = ownMinute();
    const session = newSession();
    await postClicks(session, [click({ at: iso(minute - 3 * MINUTE) })]);
    await postClicks(
      session,
      Array.from({ length: 500 }, () => click({ at: iso(minute) })),
    );
    await counted(session);
    expect(await look(minute - 3 * MINUTE)).toEqual([]);
    expect(await look(minute)).toMatchObject([{ series: 'clicks', count: 500 }]);
    expect(await look(minute)).toEqual([]);
    const sqs = await awsClient(SQSClient);
    const told = await waitFor(
      async () =>
        (await sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 }))).Messages,
      { what: 'the alert' },
    );
    const alerts = told.map(({ Body = '' }) => JSON.parse(Body)).filter((one) => one.minute === iso(minute));
    expect(alerts).toMatchObject([{ type: 'click.spike', series: 'clicks', count: 500 }]);
  });
});

test('the figures are for staff, and bounded', async () => {
  const path = 'GET /analytics/clicks';
  expect((await api(path)).status).toBe(401);
  expect((await api(path, { token: await tokenOf('customer') })).body.code).toBe('FORBIDDEN');
  const token = await tokenOf('staff');
  expect((await api(path, { token })).status).toBe(200);
  for (const query of ['by=colour', 'limit=101', 'from=2026-01-01T00:00:00Z&to=2026-03-01T00:00:00Z']) {
    const { status, body } = await api(`${path}?${query}`, { token });
    expect([query, status, body.code]).toEqual([query, 400, 'VALIDATION_FAILED']);
  }
});

test('figures are paged without a gap or a double', async () => {
  const minute = ownMinute();
  const session = newSession();
  const events = Array.from({ length: 30 }, (_, n) =>
    click({ page: `/paged/${n % 10}`, at: iso(minute + (n % 3) * MINUTE) }),
  );
  await postClicks(session, events);
  await counted(session);
  const all = await figures('page', minute, minute + 2 * MINUTE);
  expect(all).toHaveLength(30);
  expect(await figures('page', minute, minute + 2 * MINUTE, 7)).toEqual(all);
  const kinds = await figures('kind', minute, minute + 2 * MINUTE);
  expect(await figures('kind', minute, minute + 2 * MINUTE, 1)).toEqual(kinds);
  expect(all.map((one) => one.minute)).toEqual(
    all
      .map((one) => one.minute)
      .toSorted()
      .reverse(),
  );
});

test('a session whose shard was split is not counted again by the child', async () => {
  const minute = ownMinute();
  const [session, events] = [newSession(), Array.from({ length: 200 }, () => click({ at: iso(minute) }))];
  await postClicks(session, events);
  await counted(session);
  const hash = BigInt(`0x${createHash('md5').update(session).digest('hex')}`);
  const range = (shard: Awaited<ReturnType<typeof shards>>[number]) => ({
    from: BigInt(shard.HashKeyRange?.StartingHashKey ?? 0),
    to: BigInt(shard.HashKeyRange?.EndingHashKey ?? 0),
  });
  const parent = (await shards()).find((one) => range(one).from <= hash && hash <= range(one).to);
  if (!parent) throw new Error('no shard takes the session');
  await (await awsClient(KinesisClient)).send(
    new SplitShardCommand({
      StreamName: (await stack()).outputs.ClickStreamName,
      ShardToSplit: parent.ShardId,
      NewStartingHashKey: String((range(parent).from + range(parent).to) / 2n),
    }),
  );
  // The local AWS begins a child at its end: the first that is counted says that it is being read.
  const reading = ownMinute();
  await waitFor(
    async () => {
      await postClicks(session, [click({ at: iso(reading) })]);
      return total(await figures('kind', reading)) > 0;
    },
    { what: 'the child to be read' },
  );
  await postClicks(session, events);
  await counted(session);
  expect(total(await figures('kind', minute))).toBe(200);
});
