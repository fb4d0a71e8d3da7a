import { run } from './problem';
import { type RunningStack, readRunningStack } from './running-stack';

void run(async () => {
  const stack = await readRunningStack();
  console.log(process.argv.includes('--json') ? JSON.stringify(stack, null, 2) : describe(stack));
  return 0;
});

function describe(stack: RunningStack): string {
  const rows = [
    ['stage', `${stack.stage} (${stack.region})`],
    ['local AWS', stack.endpoint],
    ['API', stack.apiUrl],
    ['live', stack.webSocketUrl ?? '-'],
    ['sandbox', stack.sandboxUrl],
    ['user pool', `${stack.userPoolId}, client ${stack.userPoolClientId}`],
    ...stack.users.map(({ email, password, role }) => [role, `${email} / ${password}`]),
  ];
  return [
    'The local stack is running.',
    ...rows.map(([name, value]) => `  ${name?.padEnd(10)} ${value}`),
  ].join('\n');
}
