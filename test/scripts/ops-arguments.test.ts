import { day, rate, requestId, whole } from '../../scripts/ops/arguments';
import { confirmErasure } from '../../scripts/ops/confirm';
import { search } from '../../scripts/ops/order-pages';

test.each(['0', '101', '-1', '1.5', '1e1', 'many', ''])('a limit of %j is refused', (text) => {
  expect(() => whole(1, 100)(text)).toThrow('Say a whole number from 1 to 100.');
});
test.each([
  ['1', 1],
  ['100', 100],
])('a limit of %s is taken', (text, number) => expect(whole(1, 100)(text)).toBe(number));

test.each(['2026-13-45', '2026-02-30', '21.11.2026', 'today', '2026-11-21T09:00:00Z'])(
  '%s is no day',
  (text) => {
    expect(() => day(text)).toThrow('Say a day such as 2026-11-21.');
  },
);
test('a day is taken', () => expect(day('2024-02-29')).toBe('2024-02-29'));

test.each(['0/s', '5', '5/h'])('%s is no rate', (text) => {
  expect(() => rate(text)).toThrow('Say for example 5/s or 30/m.');
});

test.each(['dsr-2026-1', 'DSR-26-1', 'ada@example.com', 'DSR-2026-1/..'])(
  '%s is no id of a request',
  (text) => {
    expect(() => requestId(text)).toThrow('such as DSR-2026-0042');
  },
);
test('an id of a request is taken', () => expect(requestId('DSR-2026-0041')).toBe('DSR-2026-0041'));

test('an erasure goes on when its id is typed, and by no other word', async () => {
  const asked: string[] = [];
  const types = (answer: string) => async (question: string) => {
    asked.push(question);
    return answer;
  };
  await confirmErasure('DSR-2026-0041', 'ada@example.com', types('DSR-2026-0041'));
  expect(asked[0]).toMatch(/DSR-2026-0041 would erase ada@example.com.*cannot be undone/);
  for (const word of ['', 'y', 'yes'])
    await expect(confirmErasure('DSR-2026-0041', 'ada@example.com', types(word))).rejects.toThrow(
      'Not confirmed',
    );
});

class Pages {
  asked = 0;
  constructor(readonly pages: number) {}
  async call() {
    this.asked += 1;
    return { items: [{ id: `ord_${this.asked}` }], nextCursor: this.asked < this.pages ? 'more' : undefined };
  }
}

test.each([
  [true, 3, '..\n'],
  [true, 1, ''],
  [false, 3, ''],
])('a search tells a terminal (%s) of %i pages by %j', async (isTTY, pages, told) => {
  let screen = '';
  const write = (text: string) => {
    screen += text;
  };
  expect(await search(new Pages(pages), {}, 20, { isTTY, write })).toHaveLength(pages);
  expect(screen).toBe(told);
});
