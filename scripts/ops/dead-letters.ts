import { setTimeout as pause } from 'node:timers/promises';
import { type Command, Option } from 'commander';
import { DISCARD_REASONS } from '../../services/operations/api';
import { rate, whole } from './arguments';
import { Group } from './group';
import { type Letter, redrive, show } from './redrive';
import { staffApi } from './staff-api';
import { table } from './table';

const WAITING = 'waiting: what the queue that takes its letters again still has to do; a stream does not say';

export function deadLetterCommand(): Command {
  const command = new Group('dlq').description('Dead letters of every queue');
  command
    .command('list')
    .description('every queue and how much lies in it')
    .action(async (_options, self) => {
      const { items } = await (await staffApi(self)).call('GET /staff/dead-letters');
      console.log(table(items, ['queue', 'messages', 'waiting']));
      console.log(`\n${WAITING}`);
    });
  command
    .command('show <queue>')
    .description('look into a queue; the letters stay')
    .option('--limit <n>', 'so many at most (1-100)', whole(1, 100), 20)
    .option('--bodies', 'with what they carry')
    .action(async (queue, { limit, bodies }, self) => {
      const { items } = await (await staffApi(self)).call(`GET /staff/dead-letters/${queue}?limit=${limit}`);
      for (const letter of items as Letter[]) show(letter, bodies);
      console.log(`${items.length} shown`);
    });
  command
    .command('redrive <queue> [ids...]')
    .description('send letters on to where they were given up: those named, or all that are there now')
    .option('--rate <n/s>', 'so many a second or minute', rate, rate('5/s'))
    .option('--dry-run', 'say what would be sent on')
    .option('--wait <seconds>', 'for the target queue to have done its work', whole(0, 3600), 60)
    .action(async (queue, ids, options, self) => {
      process.exitCode = await redrive({ api: await staffApi(self), pause }, queue, ids, options);
    });
  command
    .command('discard <queue> <ids...>')
    .description('end letters for good')
    // Named in the flag, since that is all that an error about a missing option repeats.
    .addOption(
      new Option(`--reason <${DISCARD_REASONS.join('|')}>`, 'why they are ended')
        .choices(DISCARD_REASONS)
        .makeOptionMandatory(),
    )
    .action(async (queue, ids: string[], { reason }, self) => {
      const path = `POST /staff/dead-letters/${queue}/discard`;
      const { discarded } = await (await staffApi(self)).call(path, { ids, reason });
      for (const id of ids) console.log(`${discarded.includes(id) ? 'gone     ' : 'not there'}  ${id}`);
      if (discarded.length < ids.length) process.exitCode = 1;
    });
  return command;
}
