import type { Attempt, Delivery, DueAttempt, Endpoint } from '../../services/notifications/domain/webhook';
import { attemptWebhook } from '../../services/notifications/use-cases/attempt-webhook';
import { MINUTE, SECOND } from '../../shared/kernel/time';
import { CountingTally, FakeRedelivery, MemoryMessages, MemoryResults } from './fakes';

const START = Date.parse('2026-11-21T12:00:00Z');

const due = (over: Partial<DueAttempt> = {}): DueAttempt => ({
  endpointId: 'hook_1',
  deliveryId: 'dlv_1',
  run: 1,
  attempt: 1,
  notBefore: START,
  correlationId: 'cor_1',
  ...over,
});

function setUp(result = 'HTTP_204') {
  const time = { now: START };
  const endpoint = {
    id: 'hook_1',
    url: 'https://partner.example.com',
    status: 'enabled',
    failures: 0,
    version: 1,
    ownerEmail: 'ops@example.com',
    updatedAt: '2026-11-21T11:00:00.000Z',
  } as Endpoint;
  const state = {
    endpoint: endpoint as Endpoint | undefined,
    delivery: {
      endpointId: 'hook_1',
      id: 'dlv_1',
      eventId: 'evt_1',
      eventType: 'order.shipped',
      orderId: 'ord_1',
      status: 'pending',
      run: 1,
      tries: 0,
      attempts: [] as Attempt[],
    } as unknown as Delivery,
    queued: [] as DueAttempt[],
    posts: 0,
    told: [] as string[],
    result,
  };
  const ports = {
    messages: new MemoryMessages(),
    results: new MemoryResults(),
    redelivery: new FakeRedelivery(),
    tally: new CountingTally(),
    clock: () => time.now,
    random: () => 0,
    endpoints: {
      find: async () => state.endpoint,
      countFailure: async () => {
        endpoint.failures += 1;
        return endpoint.failures;
      },
      forgetFailures: async () => {
        endpoint.failures = 0;
      },
      disable: async (_id: string, because: string) => {
        endpoint.status = 'disabled';
        endpoint.disabledBecause = because;
      },
    },
    deliveries: {
      find: async () => state.delivery,
      record: async (before: Delivery, attempt: Attempt, now: Partial<Delivery>) => {
        state.delivery = {
          ...before,
          ...now,
          tries: before.tries + 1,
          attempts: [...before.attempts, attempt],
        };
      },
    },
    attempts: {
      queue: async (attempt: DueAttempt) => {
        state.queued.push(attempt);
      },
    },
    poster: {
      post: async () => {
        state.posts += 1;
        return { at: '2026-11-21T12:00:00.000Z', result: state.result, milliseconds: 3 };
      },
    },
    owners: {
      tellDisabled: async (_endpoint: Endpoint, because: string) => {
        state.told.push(because);
      },
    },
  };
  const attempt = (over: Partial<DueAttempt> = {}) =>
    attemptWebhook(ports as unknown as Parameters<typeof attemptWebhook>[0], due(over));
  return { state, ports, time, endpoint, attempt };
}

test('what arrives is delivered, reported, and not sent when its message comes again', async () => {
  const { attempt, state, ports } = setUp();
  expect(await attempt()).toMatchObject({ outcome: 'DELIVERED' });
  expect(await attempt()).toMatchObject({ outcome: 'STALE' });
  expect(state.posts).toBe(1);
  expect(ports.results.told).toMatchObject([{ channel: 'webhook', kind: 'order.shipped', outcome: 'SENT' }]);
});

test('a failed attempt queues the next with its pause, and reports nothing yet', async () => {
  const { attempt, state, ports } = setUp('HTTP_500');
  expect(await attempt()).toMatchObject({ outcome: 'LATER', result: 'HTTP_500' });
  expect(state.queued).toMatchObject([{ attempt: 2, notBefore: START + 5 * SECOND }]);
  expect(state.delivery).toMatchObject({ status: 'pending', tries: 1 });
  expect(ports.results.told).toEqual([]);
});

test('an attempt that is not due yet is put off without being made', async () => {
  const { attempt, state } = setUp();
  expect(await attempt({ notBefore: START + 30 * MINUTE })).toEqual({ outcome: 'LATER' });
  expect(state.posts).toBe(0);
  expect(state.queued).toMatchObject([{ attempt: 1 }]);
});

test('a process that died before it queued the next attempt does so when its message comes again', async () => {
  const { attempt, state } = setUp('TIMEOUT');
  await attempt();
  state.queued.length = 0;
  expect(await attempt()).toEqual({ outcome: 'STALE' });
  expect(state.posts).toBe(1);
  expect(state.queued).toMatchObject([{ attempt: 2 }]);
});

test('after eight attempts the delivery is given up and reported as failed', async () => {
  const { attempt, state, ports, time } = setUp('HTTP_503');
  for (let n = 1; n <= 8; n += 1) {
    await attempt({ attempt: n, notBefore: time.now });
    time.now = state.queued.at(-1)?.notBefore ?? time.now;
  }
  expect(state.posts).toBe(8);
  expect(state.delivery.status).toBe('failed');
  expect(ports.results.told).toMatchObject([{ outcome: 'FAILED', reason: 'HTTP_503' }]);
});

test('five deliveries in a row that were given up switch the endpoint off, and its owner is told once', async () => {
  const { attempt, state, endpoint } = setUp('HTTP_503');
  endpoint.failures = 4;
  state.delivery.tries = 7;
  expect(await attempt({ attempt: 8 })).toMatchObject({ outcome: 'FAILED' });
  expect(endpoint).toMatchObject({ status: 'disabled', disabledBecause: 'REPEATED_FAILURE' });
  expect(state.told).toEqual(['REPEATED_FAILURE']);
});

test('410 Gone switches the endpoint off at once', async () => {
  const { attempt, endpoint, state } = setUp('HTTP_410');
  expect(await attempt()).toMatchObject({ outcome: 'FAILED', result: 'HTTP_410' });
  expect(endpoint).toMatchObject({ status: 'disabled', disabledBecause: 'GONE' });
  expect(state.queued).toEqual([]);
});

test('a delivery that arrives forgets earlier failures', async () => {
  const { attempt, endpoint } = setUp();
  endpoint.failures = 3;
  await attempt();
  expect(endpoint.failures).toBe(0);
});

test('to an endpoint that is switched off nothing is sent, and the timeline says why', async () => {
  const { attempt, endpoint, state, ports } = setUp();
  endpoint.status = 'disabled';
  expect(await attempt()).toEqual({ outcome: 'DISABLED' });
  expect(state.posts).toBe(0);
  expect(ports.results.told).toMatchObject([{ outcome: 'SUPPRESSED', reason: 'ENDPOINT_DISABLED' }]);
});

test('what was not sent to an endpoint that was off is not logged as delivered once it is on again', async () => {
  const { attempt, endpoint, state, ports } = setUp();
  endpoint.status = 'disabled';
  const { record } = ports.deliveries;
  ports.deliveries.record = async () => {
    throw new Error('the process died');
  };
  await expect(attempt()).rejects.toThrow('died');
  ports.deliveries.record = record;
  endpoint.status = 'enabled';
  expect(await attempt()).toEqual({ outcome: 'DISABLED' });
  expect(state.posts).toBe(0);
  expect(state.delivery).toMatchObject({ status: 'failed', attempts: [{ result: 'ENDPOINT_DISABLED' }] });
});

test('what arrived is logged as delivered, also where the endpoint was switched off before it could be', async () => {
  const { attempt, endpoint, state, ports } = setUp();
  const { record } = ports.deliveries;
  ports.deliveries.record = async () => {
    throw new Error('the process died');
  };
  await expect(attempt()).rejects.toThrow('died');
  ports.deliveries.record = record;
  endpoint.status = 'disabled';
  expect(await attempt()).toMatchObject({ outcome: 'DELIVERED' });
  expect(state).toMatchObject({ posts: 1, delivery: { status: 'delivered' } });
});

describe('a process that died after it recorded the last failure', () => {
  test.each([
    ['410 Gone', 'HTTP_410', 1, 0, 'GONE'],
    ['the fifth in a row', 'HTTP_503', 8, 4, 'REPEATED_FAILURE'],
  ])(
    'switches the endpoint off when its message comes again: %s',
    async (_what, result, nth, failures, why) => {
      const { attempt, endpoint, state, ports } = setUp(result);
      Object.assign(endpoint, { failures });
      state.delivery.tries = nth - 1;
      const { tellDisabled } = ports.owners;
      ports.owners.tellDisabled = async () => {
        throw new Error('the process died');
      };
      await expect(attempt({ attempt: nth })).rejects.toThrow('died');
      ports.owners.tellDisabled = tellDisabled;
      expect(await attempt({ attempt: nth })).toEqual({ outcome: 'STALE' });
      expect(endpoint).toMatchObject({ status: 'disabled', disabledBecause: why });
      expect(state).toMatchObject({ posts: 1, told: [why] });
    },
  );

  test('leaves an endpoint alone that staff have switched on since, and one with few failures', async () => {
    const { attempt, endpoint, state } = setUp('HTTP_410');
    await attempt();
    Object.assign(endpoint, { status: 'enabled', failures: 0, updatedAt: '2026-11-21T12:00:01.000Z' });
    expect(await attempt()).toEqual({ outcome: 'STALE' });
    expect(endpoint.status).toBe('enabled');
    state.delivery.attempts = [{ at: '2026-11-21T12:00:02.000Z', result: 'HTTP_503', milliseconds: 3 }];
    expect(await attempt()).toEqual({ outcome: 'STALE' });
    expect(endpoint.status).toBe('enabled');
  });
});

test('a delivery of an endpoint that was deleted is dropped', async () => {
  const { attempt, state } = setUp();
  state.endpoint = undefined;
  expect(await attempt()).toEqual({ outcome: 'STALE' });
});
