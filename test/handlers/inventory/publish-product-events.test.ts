import { readFileSync } from 'node:fs';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { readEvent } from '../../../events/envelope';
import { productEvents } from '../../../events/product-events';
import { context, startWire, takenByQueue, type Wire } from './wire';

let wire: Wire;
let publish: (event: DynamoDBStreamEvent, given: ReturnType<typeof context>) => Promise<unknown>;

const [sample] = (
  JSON.parse(
    readFileSync('events/samples/inventory/publishProductEvents.stream.json', 'utf8'),
  ) as DynamoDBStreamEvent
).Records as [DynamoDBRecord];

const version = (n: number, more: Record<string, unknown> = {}): DynamoDBRecord =>
  ({
    ...sample,
    dynamodb: {
      ...sample.dynamodb,
      NewImage: { ...sample.dynamodb?.NewImage, version: { N: String(n) }, ...more },
    },
  }) as DynamoDBRecord;

/** The events that the bus was given, held to their contracts. */
const told = () =>
  wire.calls
    .filter(({ operation }) => operation === 'PutEvents')
    .flatMap(({ body }) => body.Entries)
    .map((entry) => ({ ...entry, event: readEvent(productEvents, JSON.parse(entry.Detail)) }));

const takesAll = ({ Entries }: { Entries: unknown[] }) => ({
  FailedEntryCount: 0,
  Entries: Entries.map((_, n) => ({ EventId: `id-${n}` })),
});

beforeAll(async () => {
  wire = await startWire({ EVENT_BUS: 'bus', DEAD_LETTER_QUEUE: 'dlq' });
  const module = await import('../../../services/inventory/handlers/publish-product-events');
  publish = module.handler;
});
afterAll(() => wire.close());
beforeEach(() => {
  wire.calls.length = 0;
  wire.answers = {
    PutEvents: takesAll,
    GetQueueUrl: () => ({ QueueUrl: `${process.env.AWS_ENDPOINT_URL}/dlq` }),
    SendMessage: takenByQueue,
  };
});

test('each version is told as created, changed or retired, under an id that stays', async () => {
  const records = [version(1), version(2), version(3, { status: { S: 'retired' } })];
  await publish({ Records: records }, context());
  await publish({ Records: records }, context());
  const id = sample.dynamodb?.Keys?.id?.S;
  const once = [
    ['product.created', `${id}:1`],
    ['product.changed', `${id}:2`],
    ['product.retired', `${id}:3`],
  ];
  expect(told().map(({ DetailType, event }) => [DetailType, event.id])).toEqual([...once, ...once]);
  expect(told()[0]).toMatchObject({
    Source: 'orderly.inventory',
    EventBusName: 'bus',
    event: {
      correlationid: 'sample-product',
      actor: 'system',
      data: { price: { amount: 1450, currency: 'EUR' } },
    },
  });
});

test('25 versions go out in batches of ten, the most that the bus takes', async () => {
  await publish({ Records: Array.from({ length: 25 }, (_, n) => version(n + 1)) }, context());
  const sizes = wire.calls.map(({ body }) => body.Entries.length);
  expect(sizes).toEqual([10, 10, 5]);
});

test('an entry that the bus refuses makes the batch come again, after the others went out', async () => {
  let first = true;
  wire.answers.PutEvents = (body) => {
    const { Entries } = takesAll(body);
    if (!first) return { FailedEntryCount: 0, Entries };
    first = false;
    return { FailedEntryCount: 1, Entries: [{ ErrorCode: 'ThrottlingException' }, ...Entries.slice(1)] };
  };
  const batch = publish({ Records: Array.from({ length: 12 }, (_, n) => version(n + 1)) }, context());
  await expect(batch).rejects.toThrow(/refused prd_\w+:1 \(ThrottlingException\)$/);
  expect(told()).toHaveLength(12);
});

test('a record that is no product is parked with its reason, and the others go out', async () => {
  await publish({ Records: [version(1, { price: { S: 'cheap' } }), version(2)] }, context());
  expect(told().map(({ event }) => event.data.version)).toEqual([2]);
  const { body } = wire.calls.find(({ operation }) => operation === 'SendMessage') ?? {};
  expect(body.MessageAttributes.reason.StringValue).toBe('Not a product: price object.base');
  expect(JSON.parse(body.MessageBody).eventID).toBe(sample.eventID);
});

test('a record without a new image says nothing', async () => {
  const { NewImage: _, ...dynamodb } = sample.dynamodb ?? {};
  await publish({ Records: [{ ...sample, eventName: 'REMOVE', dynamodb } as DynamoDBRecord] }, context());
  expect(wire.calls).toEqual([]);
});
