import { run } from './local/problem';
import { auditCommand } from './ops/audit';
import { deadLetterCommand } from './ops/dead-letters';
import { Group } from './ops/group';
import { orderCommand } from './ops/orders';
import { personCommand } from './ops/people';

/** `npm run ops -- <command>`: what staff do, over the staff API. */
const program = new Group('ops')
  .description('Operate a stage: dead letters, orders that lie still, the audit log')
  .option('--api <url>', 'apiUrl of the stage; the running local stack unless given', process.env.ORDERLY_API)
  .option(
    '--token <token>',
    "a member of staff's access token (or ORDERLY_TOKEN, which no process list shows)",
  )
  .addCommand(deadLetterCommand())
  .addCommand(orderCommand())
  .addCommand(personCommand())
  .addCommand(auditCommand())
  .showHelpAfterError();

void run(async () => {
  await program.parseAsync(process.argv);
  return Number(process.exitCode ?? 0);
});
