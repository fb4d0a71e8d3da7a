import fc from 'fast-check';
import type { PaymentGateway } from '../../services/payments/ports/payment-gateway';
import { desk, ORDER, PRICE } from './support/desk';
import type { Fate } from './support/fake-provider';

const fate = fc.constantFrom<Fate>('answered', 'answered', 'lost', 'unanswered', 'down');
const token = fc.constantFrom(
  'tok_visa',
  'tok_visa',
  'tok_wrong_amount',
  'tok_declined',
  'tok_requires_action',
  'tok_error_twice',
);
const lost = fc.option(
  fc.constantFrom(
    'open',
    'close',
    'move CAPTURED',
    'move ABANDONING',
    'move VOIDED',
    'take',
    'settle SUCCEEDED',
  ),
);

/** Two steps at once under any attempts, while the provider and the table misbehave in any way. */
const round = fc.record({
  fates: fc.record<Partial<Record<keyof PaymentGateway, Fate>>>({
    charge: fate,
    refund: fate,
    abandon: fate,
    find: fate,
  }),
  lost,
  both: fc.array(
    fc.record({
      step: fc.constantFrom('pay', 'undo'),
      attempt: fc.integer({ min: 1, max: 3 }),
      fault: fc.boolean(),
    }),
    { minLength: 1, maxLength: 2 },
  ),
  customer: fc.option(fc.constantFrom('succeed', 'fail', 'expire')),
});

type Round = typeof round extends fc.Arbitrary<infer R> ? R : never;
type Bench = ReturnType<typeof desk>;

/** A row at rest and the provider say the same about the money. */
function agrees({ row, gateway }: Bench): void {
  const payment = row();
  if (!payment || payment.openRefund) return;
  const net = gateway.net();
  if (payment.state === 'CAPTURED') expect(net).toBe(payment.money.amount - payment.refunded);
  if (payment.state === 'VOIDED' || payment.state === 'DECLINED') expect(net).toBe(0);
}

async function play(bench: Bench, card: string, rounds: Round[]): Promise<void> {
  for (const { fates, lost: answer, both, customer } of rounds) {
    bench.gateway.fates = fates;
    bench.payments.loseAnswerOf = answer ?? undefined;
    const running = both.map(({ step, attempt, fault }) =>
      step === 'pay' ? bench.pay(card, attempt) : bench.undo(attempt, fault),
    );
    await Promise.allSettled(running);
    if (customer) bench.gateway.act(ORDER, customer);
    agrees(bench);
  }
  bench.gateway.fates = {};
  bench.payments.loseAnswerOf = undefined;
}

/** Makes every write and every charge wait for the scheduler, which lets them go in any order. */
function interleave(bench: Bench, scheduler: fc.Scheduler): void {
  bench.payments.before = (write) => scheduler.schedule(Promise.resolve(), write);
  bench.gateway.underWay = () => scheduler.schedule(Promise.resolve(), 'charge');
}

describe('whatever happened before', () => {
  test('a compensation that gets through ends at net 0, and nothing is charged after it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        token,
        fc.array(round, { maxLength: 5 }),
        async (scheduler, card, rounds) => {
          const bench = desk();
          interleave(bench, scheduler);
          await scheduler.waitFor(
            (async () => {
              await play(bench, card, rounds);
              const { outcome } = await bench.undo(9);
              expect(['VOIDED', 'REFUNDED', 'DECLINED']).toContain(outcome);
              expect(bench.gateway.net()).toBe(0);
              expect(['FAILED', 'DECLINED']).toContain((await bench.pay(card, 10)).outcome);
              expect(bench.gateway.net()).toBe(0);
            })(),
          );
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('a payment that gets through is CAPTURED with the price charged once, or ends without it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        token,
        fc.array(round, { maxLength: 5 }),
        async (scheduler, card, rounds) => {
          const bench = desk();
          interleave(bench, scheduler);
          await scheduler.waitFor(
            (async () => {
              await play(bench, card, rounds);
              const last = () => bench.pay(card, 9);
              const { outcome } = await last()
                .catch(() => last())
                .catch(last);
              if (outcome === 'CAPTURED') expect(bench.gateway.net()).toBe(PRICE.amount);
              else if (outcome !== 'FAILED') expect(bench.gateway.net()).toBe(0);
              else expect([0, PRICE.amount]).toContain(bench.gateway.net());
            })(),
          );
        },
      ),
      { numRuns: 1000 },
    );
  });
});
