import {
  COMMIT,
  MOVES,
  moved,
  RELEASE,
  RESERVE,
  type Reservation,
  type ReservationState,
  type Rules,
  verdict,
} from '../../services/inventory/domain/reservation';

const row = (state: ReservationState, attempt: number, expired?: boolean): Reservation => ({
  orderId: 'ord_1',
  state,
  attempt,
  expired,
  lines: [],
  step: { step: 'ReserveInventory', outcome: 'RESERVED', at: '2030-01-01T00:00:00.000Z' },
  version: 1,
});

const none = undefined;
const [held, committed, released, restocked] = (['HELD', 'COMMITTED', 'RELEASED', 'RESTOCKED'] as const).map(
  (state) => row(state, 2),
);
const expired = row('RELEASED', 2, true);
const short = { ...row('RELEASED', 2), short: [{ productId: 'mug', missing: 1 }] };

describe.each<[string, Rules, [string, Reservation | undefined, string, string][]]>([
  [
    'reserve',
    RESERVE,
    [
      ['nothing', none, 'TAKE', 'TAKE'],
      ['HELD', held, 'REPEAT', 'KEEP'],
      ['COMMITTED', committed, 'REPEAT', 'KEEP'],
      ['RELEASED', released, 'SUPERSEDED', 'TAKE'],
      ['expired', expired, 'SUPERSEDED', 'TAKE'],
      ['short', short, 'TELL', 'TAKE'],
      ['RESTOCKED', restocked, 'SUPERSEDED', 'GONE'],
    ],
  ],
  [
    'commit',
    COMMIT,
    [
      ['nothing', none, 'GONE', 'GONE'],
      ['HELD', held, 'COMMIT', 'COMMIT'],
      ['COMMITTED', committed, 'REPEAT', 'KEEP'],
      ['RELEASED', released, 'SUPERSEDED', 'TAKE'],
      ['expired', expired, 'TAKE', 'TAKE'],
      ['short', short, 'SUPERSEDED', 'GONE'],
      ['RESTOCKED', restocked, 'SUPERSEDED', 'GONE'],
    ],
  ],
  [
    'release',
    RELEASE,
    [
      ['nothing', none, 'CLOSE', 'CLOSE'],
      ['HELD', held, 'GIVE_BACK', 'GIVE_BACK'],
      ['COMMITTED', committed, 'GIVE_BACK', 'GIVE_BACK'],
      ['RELEASED', released, 'REPEAT', 'CLOSE'],
      ['expired', expired, 'CLOSE', 'CLOSE'],
      ['short', short, 'CLOSE', 'CLOSE'],
      ['RESTOCKED', restocked, 'REPEAT', 'CLOSE'],
    ],
  ],
])('%s', (_name, rules, table) => {
  test.each(table)('on %s: its own attempt and a higher one', (_found, found, same, higher) => {
    expect(verdict(rules, found, 2)).toBe(same);
    expect(verdict(rules, found, 3)).toBe(higher);
  });

  test.each(table.filter(([, found]) => found))('on %s a lower attempt is superseded', (_found, found) => {
    expect(verdict(rules, found, 1)).toBe('SUPERSEDED');
  });
});

describe('a move', () => {
  const states = ['HELD', 'COMMITTED', 'RELEASED', 'RESTOCKED'] as const;
  const all = (['NONE', ...states] as const).flatMap((from) => states.map((to) => [from, to] as const));

  test.each(all)('%s to %s is made only if the table has it, and raises the version', (from, to) => {
    const before = from === 'NONE' ? undefined : row(from, 1);
    const move = () => moved(before, row(to, 1)).to.version;
    if (MOVES[from].includes(to)) expect(move()).toBe((before?.version ?? 0) + 1);
    else expect(move).toThrow(`from ${from} to ${to}`);
  });
});
