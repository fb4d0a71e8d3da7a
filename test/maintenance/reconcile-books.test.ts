import { Unanswered } from '../../services/maintenance/ports/books';
import { reconcileBooks } from '../../services/maintenance/use-cases/reconcile-books';
import { DAY, HOUR, iso, MINUTE } from '../../shared/kernel/time';
import { House, Killed, NOW } from './support/memory-house';

const HOURLY = { days: 3, quietSeconds: 600 };

function agreeing(): House {
  const house = new House();
  for (const id of ['a', 'b', 'c']) house.sold(id);
  house.order('rejected', 'REJECTED');
  house.paid('rejected', 'DECLINED', { chargeId: undefined });
  house.charge('rejected', 'declined');
  house.held('rejected', 'RELEASED');
  house.order('cancelled', 'CANCELLED');
  house.paid('cancelled', 'CAPTURED', { refundable: 0, refunded: 200 });
  house.charge('cancelled', 'refunded', { refunded: 200 });
  house.held('cancelled', 'RESTOCKED');
  house.order('open', 'PENDING', { owed: true });
  return house;
}

describe('books that agree', () => {
  test('raise no alarm and change nothing', async () => {
    const house = agreeing();
    const before = house.snapshot();
    expect(await reconcileBooks(house.ports(), HOURLY)).toEqual({
      outcome: 'DONE',
      orders: 6,
      charges: 5,
      raised: 0,
      found: [],
    });
    expect(house.snapshot()).toBe(before);
  });
});

type Case = [word: string, wrong: (house: House) => void, raised: string[]];

const CASES: Case[] = [
  ['CHARGED_TWICE', (house) => house.charge('a', 'succeeded', { id: 'chg_other' }), []],
  [
    'CHARGE_UNKNOWN',
    (house) => {
      house.paid('a', 'PENDING', { chargeId: undefined });
      house.order('a', 'PENDING', { owed: true });
    },
    ['a'],
  ],
  ['MONEY_MISSING', (house) => house.charges.splice(0, 1), []],
  ['MONEY_MISSING', (house) => house.paid('a', 'VOIDED', { captured: 0 }), []],
  ['MONEY_DIFFERS', (house) => house.charges.splice(0, 1, { ...one(house), refunded: 50 }), []],
  ['STOCK_MISSING', (house) => house.stock.delete('a'), []],
  ['STOCK_DIFFERS', (house) => house.held('a', 'COMMITTED', 1), []],
  ['PAID_AND_OPEN', (house) => house.order('a', 'PENDING', { owed: true }), ['a']],
];

const one = (house: House) => {
  const [charge] = house.charges;
  if (!charge) throw new Error('no charge');
  return charge;
};

describe('a disagreement', () => {
  test.each(CASES)('%s is an alarm with the id of its order', async (word, wrong, raised) => {
    const house = agreeing();
    wrong(house);
    const { found } = await reconcileBooks(house.ports(), HOURLY);
    expect(found).toContainEqual({ orderId: 'a', disagreements: expect.arrayContaining([word]) });
    expect(house.told).toEqual(found);
    expect(house.raised).toEqual(raised);
  });

  test.each(['REJECTED', 'CANCELLED'])(
    'of an order that is %s and kept money and stock has its next attempt give them back',
    async (status) => {
      const house = agreeing();
      house.order('a', status);
      const { found } = await reconcileBooks(house.ports(), HOURLY);
      expect(found).toEqual([{ orderId: 'a', disagreements: ['MONEY_KEPT', 'STOCK_KEPT'] }]);
      expect(house.raised).toEqual(['a']);
    },
  );

  test('of a late charge that our payment gave up is told, and left to a person', async () => {
    const house = agreeing();
    house.order('a', 'REJECTED');
    house.paid('a', 'VOIDED', { captured: 0 });
    house.held('a', 'RELEASED');
    const { found } = await reconcileBooks(house.ports(), HOURLY);
    expect(found).toEqual([{ orderId: 'a', disagreements: ['MONEY_KEPT'] }]);
    expect(house.raised).toEqual([]);
  });

  test('a charge for an order that is not there is told', async () => {
    const house = agreeing();
    house.charge('nobody');
    const { found } = await reconcileBooks(house.ports(), HOURLY);
    expect(found).toEqual([{ orderId: 'nobody', disagreements: ['CHARGE_WITHOUT_ORDER'] }]);
  });

  test('of an order older than the list of charges is found when it ended within 48 hours', async () => {
    const house = agreeing();
    house.order('old', 'CANCELLED', {
      createdAt: iso(NOW - 20 * DAY),
      updatedAt: iso(NOW - 40 * HOUR),
    });
    house.paid('old');
    house.charge('old', 'succeeded', { createdAt: iso(NOW - 20 * DAY) });
    const { found } = await reconcileBooks(house.ports(), { ...HOURLY, days: 35 });
    expect(found).toEqual([{ orderId: 'old', disagreements: ['MONEY_KEPT'] }]);
  });

  test('of an order that ended lately is found every hour, however old it is', async () => {
    const house = agreeing();
    for (const [id, ended] of [
      ['today', NOW - 5 * HOUR],
      ['two-days-ago', NOW - 47 * HOUR],
      ['last-week', NOW - 7 * DAY],
    ] as const) {
      house.order(id, 'CANCELLED', { createdAt: iso(NOW - 40 * DAY), updatedAt: iso(ended) });
      house.paid(id);
      house.charge(id, 'succeeded', { createdAt: iso(NOW - 40 * DAY) });
    }
    const { found, raised } = await reconcileBooks(house.ports(), HOURLY);
    expect(found.map(({ orderId }) => orderId).sort()).toEqual(['today', 'two-days-ago']);
    expect(raised).toBe(2);
  });

  test('is none while a refund is on its way, whether or not the provider has made it', async () => {
    const house = agreeing();
    house.paid('a', 'CAPTURED', { refundable: 150 });
    house.charges.splice(0, 1, { ...one(house), status: 'partially_refunded', refunded: 50 });
    house.paid('b', 'CAPTURED', { refundable: 150 });
    expect((await reconcileBooks(house.ports(), HOURLY)).found).toEqual([]);
  });

  test('about an order with something recorded in the last ten minutes is its saga’s to settle', async () => {
    const house = agreeing();
    house.order('a', 'PENDING', { owed: true, updatedAt: iso(NOW - 9 * MINUTE) });
    expect(await reconcileBooks(house.ports(), HOURLY)).toMatchObject({ found: [], raised: 0 });
  });

  test('that is gone at the second look is none', async () => {
    const house = agreeing();
    house.order('a', 'CANCELLED');
    const ports = house.ports();
    const { these } = ports.stock;
    let looks = 0;
    ports.stock.these = async (ids) => {
      const rows = await these(ids);
      looks += 1;
      if (looks === 1) house.order('a', 'CANCELLED', { updatedAt: iso(NOW) });
      return rows;
    };
    expect(await reconcileBooks(ports, HOURLY)).toMatchObject({ found: [], raised: 0 });
  });
});

describe('an order that the provider cannot be asked about', () => {
  const house = () => {
    const some = agreeing();
    for (const id of ['a', 'b', 'c']) some.order(id, 'CANCELLED');
    return some;
  };
  const deafTo = (some: House, ...deaf: string[]) => {
    const ports = some.ports();
    const { asked } = ports.payments;
    ports.payments.asked = async (ids) => {
      if (ids.some((id) => deaf.includes(id))) throw new Unanswered('auditPayments failed');
      return asked(ids);
    };
    return ports;
  };

  test('is told, and holds up no other', async () => {
    const some = house();
    const { outcome, found } = await reconcileBooks(deafTo(some, 'b'), HOURLY);
    expect(outcome).toBe('DONE');
    expect(found).toEqual([
      { orderId: 'b', disagreements: ['PROVIDER_SILENT'] },
      { orderId: 'a', disagreements: ['MONEY_KEPT', 'STOCK_KEPT'] },
      { orderId: 'c', disagreements: ['MONEY_KEPT', 'STOCK_KEPT'] },
    ]);
    expect(some.told.map(({ orderId }) => orderId).sort()).toEqual(['a', 'b', 'c']);
    expect(some.raised.sort()).toEqual(['a', 'c']);
  });

  test('is one of many while the provider is down: the run stops, and the next one goes on from there', async () => {
    const some = house();
    const ids = Array.from({ length: 30 }, (_, n) => `many-${n}`);
    for (const id of ids) {
      some.order(id, 'CANCELLED');
      some.paid(id);
      some.charge(id);
    }
    await expect(reconcileBooks(deafTo(some, ...ids), HOURLY)).rejects.toThrow(Unanswered);
    some.now += 6 * MINUTE;
    expect(await reconcileBooks(some.ports(), HOURLY)).toMatchObject({ outcome: 'DONE' });
    expect(some.raised).toEqual(expect.arrayContaining(ids));
  });

  test('few are asked about at once, since an answer has a time limit', async () => {
    const some = house();
    for (let n = 0; n < 30; n += 1) {
      some.charge(`gone-${n}`, 'succeeded', { id: `chg_other_${n}` });
      some.order(`gone-${n}`, 'CANCELLED', { createdAt: iso(NOW - 90 * DAY), updatedAt: iso(NOW - 9 * DAY) });
    }
    const ports = some.ports();
    const { asked } = ports.payments;
    const sizes: number[] = [];
    ports.payments.asked = async (ids) => {
      sizes.push(ids.length);
      return asked(ids);
    };
    await reconcileBooks(ports, HOURLY);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(10);
    expect(sizes.reduce((sum, one) => sum + one, 0)).toBe(33);
  });
});

describe('one run at a time', () => {
  test('a second run at once changes nothing and tells nothing', async () => {
    const house = agreeing();
    house.order('a', 'CANCELLED');
    const runs = await Promise.all([1, 2, 3].map(() => reconcileBooks(house.ports(), HOURLY)));
    expect(runs.map(({ outcome }) => outcome).sort()).toEqual(['BUSY', 'BUSY', 'DONE']);
    expect(house.told).toHaveLength(1);
    expect(house.raised).toEqual(['a']);
  });

  test('a run whose lease went to another stops at its next page', async () => {
    const house = agreeing();
    const ports = house.ports();
    const { chargesSince } = ports.payments;
    ports.payments.chargesSince = async (...question) => {
      house.now += 6 * MINUTE;
      await house.runs.take('reconcile');
      return chargesSince(...question);
    };
    expect(await reconcileBooks(ports, HOURLY)).toMatchObject({ outcome: 'TAKEN', found: [] });
  });

  test('a run that is out of time is gone on with from its page', async () => {
    const house = agreeing();
    let pages = 0;
    const outcomes: string[] = [];
    do {
      pages = 0;
      const { outcome } = await reconcileBooks(
        house.ports(() => ++pages < 5),
        HOURLY,
      );
      outcomes.push(outcome);
    } while (outcomes.at(-1) !== 'DONE' && outcomes.length < 20);
    expect(outcomes.length).toBeGreaterThan(1);
    expect(outcomes.at(-1)).toBe('DONE');
  });
});

describe('a run that is killed', () => {
  const wrongHouse = () => {
    const house = agreeing();
    house.order('a', 'CANCELLED');
    house.charge('nobody');
    return house;
  };

  test('at every call changes nothing: the next one finds the same, and each attempt is raised once', async () => {
    const whole = wrongHouse();
    await reconcileBooks(whole.ports(), HOURLY);
    const agreed = wrongHouse();
    for (let call = 1; call <= whole.calls; call += 1) {
      for (const after of [false, true]) {
        const house = wrongHouse();
        house.killAt = { call, after };
        await expect(reconcileBooks(house.ports(), HOURLY)).rejects.toThrow(Killed);
        house.killAt = undefined;
        if (house.raised.length === 0) expect(house.snapshot()).toBe(agreed.snapshot());
        expect(await reconcileBooks(house.ports(), HOURLY)).toMatchObject({ outcome: 'BUSY' });
        house.now += 6 * MINUTE;
        expect(await reconcileBooks(house.ports(), HOURLY)).toMatchObject({ outcome: 'DONE' });
        expect(house.raised).toEqual(['a']);
        expect(house.told.map(({ orderId }) => orderId)).toEqual(expect.arrayContaining(['a', 'nobody']));
        expect(house.orders.get('a')).toMatchObject({ version: 4, owed: true });
      }
    }
  });
});
