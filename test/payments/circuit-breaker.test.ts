import { GuardedGateway } from '../../services/payments/adapters/guarded-gateway';
import { withRetries } from '../../services/payments/adapters/provider-call';
import { type ChargeOrder, ProviderFault } from '../../services/payments/ports/payment-gateway';
import { HOUR, SECOND } from '../../shared/kernel/time';
import { ORDER, PRICE } from './support/desk';
import { FakeProvider } from './support/fake-provider';

const order: ChargeOrder = { key: `pay#${ORDER}`, reference: ORDER, money: PRICE, askedAt: 0, capture: true };
const noPause = async () => undefined;

function guarded() {
  const provider = new FakeProvider();
  const time = { now: 0 };
  const gateway = new GuardedGateway(provider, { pause: noPause, clock: () => time.now });
  return { provider, gateway, time };
}

async function fail(gateway: GuardedGateway, times: number): Promise<void> {
  for (let n = 0; n < times; n += 1) await expect(gateway.find(order)).rejects.toThrow(ProviderFault);
}

describe('the circuit breaker', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test('opens after five failures, then refuses at once, tries again after 30 s and closes', async () => {
    const { provider, gateway } = guarded();
    provider.fates.find = 'down';
    await fail(gateway, 5);
    expect(gateway.breaker.opened).toBe(true);
    const asked = provider.calls.length;
    await expect(gateway.charge(order, 'tok_visa', 1)).rejects.toMatchObject({
      name: 'ProviderFault',
      kind: 'UNREACHED',
      message: 'The circuit breaker is open',
    });
    expect(provider.calls).toHaveLength(asked);

    await jest.advanceTimersByTimeAsync(29_999);
    expect(gateway.breaker.opened).toBe(true);
    await jest.advanceTimersByTimeAsync(1);
    expect(gateway.breaker.halfOpen).toBe(true);

    provider.fates = {};
    await expect(gateway.charge(order, 'tok_visa', 1)).resolves.toMatchObject({ status: 'succeeded' });
    expect(gateway.breaker.closed).toBe(true);
  });

  test('opens again when the try after 30 s fails too', async () => {
    const { provider, gateway } = guarded();
    provider.fates.find = 'down';
    await fail(gateway, 5);
    await jest.advanceTimersByTimeAsync(30_000);
    await fail(gateway, 1);
    expect(gateway.breaker.opened).toBe(true);
  });

  test('does not count failures of a minute ago, though no timer ran in a frozen environment', async () => {
    const { provider, gateway, time } = guarded();
    provider.fates.find = 'down';
    await fail(gateway, 4);
    time.now += HOUR;
    await fail(gateway, 1);
    expect(gateway.breaker.closed).toBe(true);
    time.now += 50 * SECOND;
    await fail(gateway, 3);
    expect(gateway.breaker.closed).toBe(true);
    await fail(gateway, 1);
    expect(gateway.breaker.opened).toBe(true);
  });

  test('counts the failures of one minute, however they are spread over it', async () => {
    const { provider, gateway, time } = guarded();
    provider.fates.find = 'down';
    for (let n = 0; n < 5; n += 1) {
      expect(gateway.breaker.closed).toBe(true);
      await fail(gateway, 1);
      time.now += 13 * SECOND;
    }
    expect(gateway.breaker.opened).toBe(true);
  });

  test('sets no timer while it is closed', async () => {
    const { gateway } = guarded();
    await gateway.find(order);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('stays closed below five calls', async () => {
    const { provider, gateway } = guarded();
    provider.fates.find = 'down';
    await fail(gateway, 4);
    expect(gateway.breaker.closed).toBe(true);
  });

  test.each([
    [3, 3, true],
    [4, 3, false],
  ])('%i answers and %i failures: open is %s', async (answers, failures, open) => {
    const { provider, gateway } = guarded();
    for (let n = 0; n < answers; n += 1) await gateway.find(order);
    provider.fates.find = 'unanswered';
    await fail(gateway, failures);
    expect(gateway.breaker.opened).toBe(open);
  });

  test('a decline is an answer: any number of them leaves it closed', async () => {
    const { gateway } = guarded();
    for (let n = 0; n < 20; n += 1) {
      const declined = await gateway.charge({ ...order, key: `pay#${n}` }, 'tok_declined', 1);
      expect(declined.status).toBe('declined');
    }
    expect(gateway.breaker.closed).toBe(true);
  });

  test('a fault of our own does not speak against the provider', async () => {
    const { provider, gateway } = guarded();
    provider.find = () => Promise.reject(new TypeError('our own'));
    for (let n = 0; n < 10; n += 1) await expect(gateway.find(order)).rejects.toThrow('our own');
    expect(gateway.breaker.closed).toBe(true);
  });

  test('a provider that answers the third time is not down', async () => {
    const { gateway } = guarded();
    for (let n = 0; n < 10; n += 1) {
      const charge = await gateway.charge({ ...order, key: `pay#${n}` }, 'tok_error_twice', 1);
      expect(charge.status).toBe('succeeded');
    }
    expect(gateway.breaker.closed).toBe(true);
  });
});

describe('retries', () => {
  const fault = (mayRetry: boolean) => new ProviderFault('UNANSWERED', 'no answer', mayRetry);

  test('three tries, with pauses of at most 200 and 400 ms', async () => {
    const pauses: number[] = [];
    const call = jest.fn().mockRejectedValue(fault(true));
    await expect(withRetries(call, async (pause) => void pauses.push(pause))).rejects.toThrow('no answer');
    expect(call).toHaveBeenCalledTimes(3);
    expect(pauses).toHaveLength(2);
    expect(pauses[0]).toBeLessThanOrEqual(200);
    expect(pauses[1]).toBeLessThanOrEqual(400);
  });

  test('a provider that has no room is asked eight times, further apart, up to two seconds', async () => {
    const pauses: number[] = [];
    const call = jest.fn().mockRejectedValue(new ProviderFault('UNREACHED', 'no room', true, true));
    await expect(withRetries(call, async (pause) => void pauses.push(pause))).rejects.toThrow('no room');
    expect(call).toHaveBeenCalledTimes(8);
    pauses.forEach((pause, index) => {
      expect(pause).toBeLessThanOrEqual(Math.min(500 * 2 ** index, 2_000));
    });
  });

  test('what no second try can help is tried once', async () => {
    const call = jest.fn().mockRejectedValue(fault(false));
    await expect(withRetries(call, noPause)).rejects.toThrow('no answer');
    expect(call).toHaveBeenCalledTimes(1);
  });

  test('what is not the provider’s fault is tried once', async () => {
    const call = jest.fn().mockRejectedValue(new TypeError('our own'));
    await expect(withRetries(call, noPause)).rejects.toThrow('our own');
    expect(call).toHaveBeenCalledTimes(1);
  });
});
