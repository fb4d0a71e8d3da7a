import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { SNSClient } from '@aws-sdk/client-sns';
import { makeEvent } from '../../events/envelope';
import { orderCancelled, orderPlaced } from '../../events/order-events';
import { DynamodbOrderHistory } from '../../services/orders/adapters/dynamodb-order-history';
import { DynamodbPriceList } from '../../services/orders/adapters/dynamodb-price-list';
import {
  fromEventRow,
  readAttemptRequest,
  readEventRow,
  toEventRow,
} from '../../services/orders/adapters/event-row';
import { fromRow, toRow } from '../../services/orders/adapters/order-row';
import { SnsEventbridgePublisher } from '../../services/orders/adapters/sns-eventbridge-publisher';
import { contentOf } from '../../services/orders/use-cases/order-change';
import type { DocumentClient } from '../../shared/aws/dynamodb';
import { PermanentFault } from '../../shared/kernel/permanent-fault';
import { iso, SECOND } from '../../shared/kernel/time';
import { anOrder, NOW, price } from './support/an-order';

const placed = (number = 1) => event(orderPlaced, number);

const event = (contract: typeof orderPlaced | typeof orderCancelled, number = 1) =>
  makeEvent(contract as typeof orderPlaced, {
    id: `evt_${number}`,
    subject: anOrder().id,
    at: NOW,
    correlationId: 'cor_1',
    actor: 'customer',
    data: contentOf(anOrder()),
  });

describe('an order as a row', () => {
  test.each([
    ['PENDING', anOrder()],
    [
      'with all it can have',
      anOrder({ contact: { email: 'a@b.de' }, cancelRequestedAt: 'x', rejectionReason: 'OUT_OF_STOCK' }),
    ],
    ['that is over', anOrder({ status: 'CONFIRMED', owed: false })],
  ])('%s comes back as it was', (_what, order) => {
    expect(fromRow(JSON.parse(JSON.stringify(toRow(order))))).toEqual(order);
  });

  test('is in the index of open orders only while an attempt is owed', () => {
    expect(toRow(anOrder()).open).toMatch(/^open#\d+$/);
    expect(toRow(anOrder({ owed: false })).open).toBeUndefined();
  });
});

describe('an event as a row', () => {
  test('comes back as it was, under its id', () => {
    expect(fromEventRow(toEventRow(placed(), 1, 1))).toEqual(placed());
  });

  test('is in the index of ends only where its order was rejected, cancelled or settled', () => {
    expect(toEventRow(placed(), 1)).not.toHaveProperty('ended');
    expect(toEventRow(event(orderCancelled), 2).ended).toMatch(
      new RegExp(`^ended#${iso(NOW).slice(0, 10)}#\\d+$`),
    );
  });

  test('that is no event of ours is a permanent fault', () => {
    const row = { ...toEventRow(placed(), 1), type: 'order.vanished' };
    expect(() => readEventRow(row)).toThrow(PermanentFault);
    expect(() => readEventRow({ ...toEventRow(placed(), 1), data: {} })).toThrow(PermanentFault);
  });

  test('asks for an attempt only where it says so', () => {
    const row = (starts?: number) => ({ ...toEventRow(placed(), 1, starts) });
    expect(readAttemptRequest(row())).toBeUndefined();
    expect(readAttemptRequest(row(2))).toEqual({ orderId: anOrder().id, attempt: 2, correlationId: 'cor_1' });
    expect(() => readAttemptRequest({ ...row(2), orderId: undefined })).toThrow(PermanentFault);
  });
});

describe('publishing', () => {
  type Sent = { input: { PublishBatchRequestEntries?: { Id: string }[]; Entries?: unknown[] } };

  function publisher(answers: { topic?: () => object; bus?: () => object } = {}) {
    const sent = { topic: [] as number[], bus: [] as number[] };
    const sns = {
      send: async ({ input }: Sent) => {
        sent.topic.push(input.PublishBatchRequestEntries?.length ?? 0);
        return answers.topic?.() ?? {};
      },
    } as unknown as SNSClient;
    const bus = {
      send: async ({ input }: Sent) => {
        sent.bus.push(input.Entries?.length ?? 0);
        return answers.bus?.() ?? {};
      },
    } as unknown as EventBridgeClient;
    return { sent, publisher: new SnsEventbridgePublisher(sns, bus, { topicArn: 'topic', eventBus: 'bus' }) };
  }

  const events = Array.from({ length: 23 }, (_, index) => placed(index));

  test('goes to topic and bus, ten events a call', async () => {
    const { sent, publisher: to } = publisher();
    await to.publish(events);
    expect(sent).toEqual({ topic: [10, 10, 3], bus: [10, 10, 3] });
  });

  test.each([
    ['the topic', { topic: () => ({ Failed: [{ Id: 'evt_1' }] }) }],
    ['the bus', { bus: () => ({ FailedEntryCount: 1 }) }],
  ])('one entry that %s refuses is told after all others were published', async (_who, answers) => {
    const { sent, publisher: to } = publisher(answers);
    await expect(to.publish(events)).rejects.toThrow('3 of 46 publications');
    expect(sent.topic).toEqual([10, 10, 3]);
  });

  test.each([['topic'], ['bus']])(
    'a call to the %s that fails is told after all others were made',
    async (who) => {
      let calls = 0;
      const answer = () => {
        calls += 1;
        if (calls === 1) throw new Error('throttled');
        return {};
      };
      const { sent, publisher: to } = publisher({ [who]: answer });
      await expect(to.publish(events)).rejects.toThrow('10 of 46 publications');
      expect(sent).toEqual({ topic: [10, 10, 3], bus: [10, 10, 3] });
    },
  );
});

describe('the price list', () => {
  function list() {
    let now = NOW;
    const asked: string[][] = [];
    const client = {
      send: async ({ input }: { input: { RequestItems: { prices: { Keys: { productId: string }[] } } } }) => {
        const ids = input.RequestItems.prices.Keys.map(({ productId }) => productId);
        asked.push(ids);
        const [first, ...rest] = ids.filter((id) => id !== 'none');
        return {
          Responses: { prices: first ? [price(first)] : [] },
          UnprocessedKeys: rest.length ? { prices: { Keys: rest.map((productId) => ({ productId })) } } : {},
        };
      },
    } as unknown as DocumentClient;
    const prices = new DynamodbPriceList(client, 'prices', () => now);
    const wait = (milliseconds: number) => {
      now += milliseconds;
    };
    return { prices, asked, wait };
  }

  test('asks once for what it has not got, and serves that for 30 seconds', async () => {
    const { prices, asked, wait } = list();
    await prices.find(['mug', 'mug']);
    wait(30 * SECOND - 1);
    await prices.find(['mug']);
    expect(asked).toEqual([['mug']]);
    wait(1);
    await prices.find(['mug']);
    expect(asked).toEqual([['mug'], ['mug']]);
  });

  test('asks again for what a batch left out, and for that alone', async () => {
    const { prices, asked } = list();
    expect([...(await prices.find(['a', 'b', 'c'])).keys()]).toEqual(['a', 'b', 'c']);
    expect(asked).toEqual([['a', 'b', 'c'], ['b', 'c'], ['c']]);
  });

  test('does not remember that a product is unknown: it may come any moment', async () => {
    const { prices, asked } = list();
    expect((await prices.find(['none'])).size).toBe(0);
    await prices.find(['none']);
    expect(asked).toHaveLength(2);
  });
});

test('a history longer than a page is read to its end', async () => {
  const rows = [1, 2, 3].map((version) => toEventRow(placed(version), version));
  const send = jest.fn(async ({ input }: { input: { ExclusiveStartKey?: { version: number } } }) => {
    const index = input.ExclusiveStartKey?.version ?? 0;
    return { Items: [rows[index]], LastEvaluatedKey: index < 2 ? { version: index + 1 } : undefined };
  });
  const history = new DynamodbOrderHistory({ send } as unknown as DocumentClient, 'order-events');
  expect((await history.eventsOf('ord_1')).map(({ id }) => id)).toEqual(['evt_1', 'evt_2', 'evt_3']);
});
