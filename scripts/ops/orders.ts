import { Command } from 'commander';
import { staffApi } from './staff-api';

export function orderCommand(): Command {
  const command = new Command('order').description(
    'One order: find it, see why it lies still, set it going again',
  );
  for (const [name, about] of [
    ['resume', 'raise its attempt: the next one goes on from what the rows say is done'],
    ['compensate', 'raise its attempt to give back what was taken, and cancel it'],
    ['republish', 'send its events again, under the ids they have'],
  ] as const) {
    command
      .command(`${name} <order>`)
      .description(about)
      .action(async (order, _options, self) => {
        const answer = await (await staffApi(self)).call(`POST /staff/orders/${order}/${name}`, {});
        console.log(JSON.stringify(answer, undefined, 2));
      });
  }
  return command;
}
