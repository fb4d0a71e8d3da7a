import { workers } from '../../scripts/local/local-aws';

const MIB = 1024 * 1024;

test.each([
  { free: 24_000 * MIB, expected: 200 },
  { free: 2_400 * MIB, expected: 20 },
  { free: 100 * MIB, expected: 16 },
])('$free free bytes make $expected functions at once', ({ free, expected }) => {
  expect(workers(free)).toBe(expected);
});
