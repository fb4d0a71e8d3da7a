import { parseArgs } from 'node:util';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { catalogue } from './demo-data/catalogue';
import { cognito } from './demo-data/clients';
import { loadProducts } from './demo-data/load-products';
import { loadUsers } from './demo-data/load-users';
import { checkAccount } from './local/aws-env';
import { region as defaultRegion } from './local/paths';
import { Problem, run } from './local/problem';
import { outputsOf } from './local/root-stack';
import { readRunningStack } from './local/running-stack';

export interface DemoDataOptions {
  /** Of a local AWS; undefined for the account that the shell's credentials belong to. */
  endpoint?: string;
  region: string;
  stage: string;
  /** Of the stage's root stack. */
  outputs: Record<string, string>;
  log?: (line: string) => void;
}

type Log = (line: string) => void;

const loaders = {
  products: (options: DemoDataOptions, log: Log) => loadProducts(catalogue(options), log),
  users: (options: DemoDataOptions, userPoolId: string, log: Log) =>
    loadUsers(cognito(options), userPoolId, log),
};

/**
 * Loads the demo catalogue and its stock into a deployed stage, and waits until orders know all prices; into stage
 * local the demo users too. Safe to repeat: what is there stays, stock above all.
 * @throws Problem when the stack lacks its user pool or the prices do not arrive
 */
export async function loadDemoData(options: DemoDataOptions, load = loaders): Promise<void> {
  const { stage, outputs, log = () => {} } = options;
  const { UserPoolId } = outputs;
  if (!UserPoolId)
    throw new Problem(`The stack of stage ${stage} has no output UserPoolId.`, 'Deploy it first');
  // Their passwords are public: nowhere but on the machine that loads them may anybody sign in with them.
  const users = stage === 'local' && load.users(options, UserPoolId, log);
  await Promise.all([load.products(options, log), users]);
}

async function deployedStage(stage: string, region: string): Promise<DemoDataOptions> {
  if (stage === 'local') {
    const running = await readRunningStack();
    return { endpoint: running.endpoint, region: running.region, stage, outputs: running.outputs };
  }
  const client = new CloudFormationClient({ region });
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: `orderly-${stage}` }));
  return { region, stage, outputs: Stacks?.[0] ? outputsOf(Stacks[0]) : {} };
}

async function main(): Promise<undefined> {
  const { stage, region } = parseArgs({
    options: {
      stage: { type: 'string', default: 'local' },
      region: { type: 'string', default: defaultRegion },
    },
  }).values;
  if (stage === 'prod') {
    throw new Problem('The demo products would be on sale to real customers.', 'Use any stage but prod');
  }
  checkAccount(stage);
  await loadDemoData({ ...(await deployedStage(stage, region)), log: console.log });
  if (stage !== 'local') console.log('No demo users: everybody can read their passwords');
}

if (require.main === module) void run(main);
