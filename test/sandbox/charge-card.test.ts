import type { ChargeRequest } from '../../services/sandbox/domain/arrival';
import { chargeId, type Decision, type Entry } from '../../services/sandbox/domain/entry';
import type { Ledger } from '../../services/sandbox/ports/ledger';
import { abandonKey } from '../../services/sandbox/use-cases/change-charge';
import { chargeCard } from '../../services/sandbox/use-cases/charge-card';

const KEY = 'pay#ord_1';

class MemoryLedger implements Ledger {
  readonly entries = new Map<string, Entry>();

  async find(id: string): Promise<Entry | undefined> {
    return this.entries.get(id);
  }

  async change<Answer, D extends Decision<Answer>>(id: string, decide: (found: Entry | undefined) => D) {
    const decision = decide(this.entries.get(id));
    if (decision.entry) this.entries.set(id, decision.entry);
    return decision;
  }

  async ofReference(): Promise<Entry[]> {
    return [...this.entries.values()];
  }

  async since(): Promise<Entry[]> {
    return [...this.entries.values()];
  }
}

/** A counter whose waits end when the test says so. */
function counter() {
  const ledger = new MemoryLedger();
  const waits: { milliseconds: number; end: () => void }[] = [];
  const ports = {
    ledger,
    clock: () => Date.parse('2026-11-21T12:00:00Z'),
    wait: (milliseconds: number) => new Promise<void>((end) => void waits.push({ milliseconds, end })),
    actionsUrl: 'https://api.test/sandbox/actions',
  };
  const charge = (token: string) => {
    const request: ChargeRequest = {
      key: KEY,
      reference: 'ord_1',
      amount: 100,
      currency: 'EUR',
      token,
      capture: true,
    };
    return chargeCard(ports, request);
  };
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    ports,
    ledger,
    waits,
    charge,
    turn,
    status: () => ledger.entries.get(chargeId(KEY))?.charge?.status,
  };
}

describe('the two slow tokens', () => {
  test('tok_timeout_after_charge charges, and answers 10 s later; a replay meanwhile is answered at once', async () => {
    const { waits, charge, turn, status } = counter();
    const first = charge('tok_timeout_after_charge');
    await turn();
    expect(status()).toBe('succeeded');
    expect(waits.map(({ milliseconds }) => milliseconds)).toEqual([10_000]);
    const replay = await charge('tok_timeout_after_charge');
    expect(waits).toHaveLength(1);
    waits[0]?.end();
    expect(await first).toEqual(replay);
  });

  test('tok_slow charges after 2 s, then answers; a replay is answered at once', async () => {
    const { waits, charge, turn, status } = counter();
    const first = charge('tok_slow');
    await turn();
    expect(status()).toBeUndefined();
    expect(waits.map(({ milliseconds }) => milliseconds)).toEqual([2000]);
    waits[0]?.end();
    expect(await first).toMatchObject({ status: 201 });
    await charge('tok_slow');
    expect(waits).toHaveLength(1);
  });

  test('two slow arrivals of one key make one charge', async () => {
    const { waits, charge, turn, ledger } = counter();
    const both = [charge('tok_slow'), charge('tok_slow')];
    await turn();
    for (const { end } of waits) end();
    const [one, other] = await Promise.all(both);
    expect(one).toEqual(other);
    expect(ledger.entries.size).toBe(1);
  });

  test('a slow charge whose key is abandoned meanwhile does not happen', async () => {
    const { ports, waits, charge, turn, status } = counter();
    const slow = charge('tok_slow');
    await turn();
    await abandonKey(ports, KEY);
    waits[0]?.end();
    expect(await slow).toMatchObject({ refused: 'CONFLICT' });
    expect(status()).toBeUndefined();
  });
});
