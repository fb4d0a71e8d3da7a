import { cached } from '../../shared/aws/cached-values';
import { HOUR, MINUTE } from '../../shared/kernel/time';

function vault() {
  let now = 0;
  const state = { value: 'first', away: false, asked: 0 };
  const look = cached(
    async (name) => {
      state.asked += 1;
      if (state.away) throw new Error('away');
      return `${name}:${state.value}`;
    },
    () => now,
  );
  const wait = (milliseconds: number) => {
    now += milliseconds;
  };
  return { state, look, wait };
}

test('serves five minutes without asking again, each name by itself', async () => {
  const { look, state, wait } = vault();
  expect(await look('a')).toBe('a:first');
  wait(5 * MINUTE - 1);
  expect(await look('a')).toBe('a:first');
  expect(await look('b')).toBe('b:first');
  expect(state.asked).toBe(2);
});

test('takes up a rotated value after that', async () => {
  const { look, state, wait } = vault();
  await look('a');
  state.value = 'rotated';
  wait(5 * MINUTE);
  expect(await look('a')).toBe('a:rotated');
});

test('serves the last good value while a fresh one cannot be had', async () => {
  const { look, state, wait } = vault();
  await look('a');
  state.away = true;
  wait(24 * HOUR);
  expect(await look('a')).toBe('a:first');
  state.away = false;
  state.value = 'rotated';
  expect(await look('a')).toBe('a:rotated');
});

test('a failed look-up is not kept', async () => {
  const { look, state } = vault();
  state.away = true;
  await expect(look('a')).rejects.toThrow('away');
  state.away = false;
  expect(await look('a')).toBe('a:first');
});
