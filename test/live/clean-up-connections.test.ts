import { cleanUpConnections } from '../../services/live/use-cases/clean-up-connections';
import { HOUR, iso } from '../../shared/kernel/time';

const NOW = Date.parse('2030-01-01T12:00:00.000Z');

function house() {
  const rows = new Map([
    ['open', iso(NOW - HOUR)],
    ['gone', iso(NOW - HOUR)],
    ['old', iso(NOW - 3 * HOUR)],
  ]);
  const connections = {
    kept: async () => ({
      connections: [...rows].map(([id, openedAt]) => ({ id, openedAt, audience: 'customer#ada' })),
    }),
    forget: async (id: string) => {
      rows.delete(id);
    },
  };
  return {
    rows,
    ports: { connections, pages: { isOpen: async (id: string) => id !== 'gone' }, clock: () => NOW },
  };
}

test('connections that are too old, or closed without a word, are forgotten', async () => {
  const { rows, ports } = house();
  expect(await cleanUpConnections(ports, { dryRun: false })).toMatchObject({ seen: 3, removed: 2 });
  expect([...rows.keys()]).toEqual(['open']);
});

test('a dry run counts them and forgets none', async () => {
  const { rows, ports } = house();
  expect(await cleanUpConnections(ports, { dryRun: true })).toMatchObject({ seen: 3, removed: 2 });
  expect(rows.size).toBe(3);
});
