import { createInterface } from 'node:readline';
import { Problem } from '../local/problem';

/** @returns what was typed; nothing when it was broken off */
export type Asks = (question: string) => Promise<string>;

const onTerminal: Asks = (question) =>
  new Promise((resolve) => {
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    lines.once('close', () => resolve(''));
    lines.question(question, (answer) => {
      resolve(answer.trim());
      lines.close();
    });
  });

const askOnTerminal = process.stdin.isTTY && process.stderr.isTTY ? onTerminal : undefined;

/** @throws Problem unless somebody at a terminal types the id of the request */
export async function confirmErasure(
  request: string,
  who: string,
  ask: Asks | undefined = askOnTerminal,
): Promise<void> {
  const what = `${request} would erase ${who} from all that is kept: account, addresses, devices, names on orders, exports. It cannot be undone.`;
  if (!ask) throw new Problem(`${what} Nothing was done.`, 'Ask again with --yes');
  if ((await ask(`${what}\nType ${request} to go on: `)) !== request)
    throw new Problem('Not confirmed. Nothing was done.', `Type ${request} when asked, or pass --yes`);
}
