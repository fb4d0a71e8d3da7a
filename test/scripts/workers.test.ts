import { workers } from '../../scripts/local/local-aws';

const MIB = 1024 * 1024;

test.each([
  { free: 24_000 * MIB, cores: 16, expected: 192 },
  { free: 24_000 * MIB, cores: 2, expected: 24 },
  { free: 2_400 * MIB, cores: 16, expected: 20 },
  { free: 100 * MIB, cores: 16, expected: 16 },
  { free: 24_000 * MIB, cores: 1, expected: 16 },
])('$free free bytes and $cores cores make $expected functions at once', ({ free, cores, expected }) => {
  expect(workers(free, cores)).toBe(expected);
});
