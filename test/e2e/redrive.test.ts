import { type Letter, lettersIn, sendTo } from '../support/dead-letters';
import { ops, opsUntil } from '../support/ops';
import { waitFor } from '../support/wait-for';

/** Of a schedule's function, which runs for each letter; no other test has letters here. */
const QUEUE = 'sweep-dlq';

const sweepOf = (atMost: number | string) => JSON.stringify({ atMost });

async function given(...bodies: string[]): Promise<Letter[]> {
  await Promise.all(bodies.map((body) => sendTo(QUEUE, body)));
  return waitFor(
    async () => {
      const there = await lettersIn(QUEUE);
      return there.length === bodies.length && there;
    },
    { what: `${bodies.length} letters in ${QUEUE}` },
  );
}

const sentOnIn = (stdout: string) => [...stdout.matchAll(/^RETRIED +(\S+)$/gm)].map(([, id]) => String(id));

const idsOf = (letters: Letter[]) => letters.map(({ id }) => id).sort();

test('a redrive of all that is stopped in the middle is gone on with, and one that fails keeps no other back', async () => {
  const bad = sweepOf('soon');
  const letters = await given(bad, sweepOf(1), sweepOf(2), sweepOf(3));
  const [stays, good] = [true, false].map((is) => idsOf(letters.filter(({ body }) => (body === bad) === is)));
  // Three seconds between two letters: time enough to be stopped in.
  const first = sentOnIn(await opsUntil(/RETRIED/, 'dlq', 'redrive', QUEUE, '--rate', '20/m'));
  const goneOn = await ops('dlq', 'redrive', QUEUE, '--rate', '50/s');
  const rest = sentOnIn(goneOn.stdout);
  expect([...first, ...rest].sort()).toEqual(good);
  expect(rest.length).toBeGreaterThan(0);
  expect(goneOn).toMatchObject({
    code: 1,
    stdout: expect.stringContaining(`${rest.length} sent on, 1 stayed, 0 came back`),
  });
  expect(idsOf(await lettersIn(QUEUE))).toEqual(stays);
  expect(await ops('dlq', 'discard', QUEUE, String(stays), '--reason', 'TEST')).toMatchObject({ code: 0 });
});

test('a letter that is named and not there is a failure', async () => {
  const gone = await ops('dlq', 'redrive', QUEUE, '5f0e1a3c-7f0e-4f6e-8a3a-0d6a2f1b9c11');
  expect(gone).toMatchObject({ code: 1, stdout: expect.stringContaining('1 not there') });
});
