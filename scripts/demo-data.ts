import { parseArgs } from 'node:util';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { catalogue } from './demo-data/catalogue';
import { cognito } from './demo-data/clients';
import { loadProducts } from './demo-data/load-products';
import { loadUsers } from './demo-data/load-users';
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

/**
 * Loads the demo catalogue, its stock and the demo users into a deployed stage, and waits until orders know all
 * prices. Safe to repeat: what is there stays, stock above all.
 * @throws Problem when the stack lacks its user pool or the prices do not arrive
 */
export async function loadDemoData(options: DemoDataOptions): Promise<void> {
  const { stage, outputs, log = () => {} } = options;
  const { UserPoolId } = outputs;
  if (!UserPoolId)
    throw new Problem(`The stack of stage ${stage} has no output UserPoolId.`, 'Deploy it first');
  await Promise.all([loadProducts(catalogue(options), log), loadUsers(cognito(options), UserPoolId, log)]);
}

async function deployedStage(stage: string): Promise<DemoDataOptions> {
  if (stage === 'local') {
    const { endpoint, region, outputs } = await readRunningStack();
    return { endpoint, region, stage, outputs };
  }
  const client = new CloudFormationClient({});
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: `orderly-${stage}` }));
  const region = await client.config.region();
  return { region, stage, outputs: Stacks?.[0] ? outputsOf(Stacks[0]) : {} };
}

async function main(): Promise<undefined> {
  const { values } = parseArgs({ options: { stage: { type: 'string', default: 'local' } } });
  if (values.stage === 'prod') {
    throw new Problem('Demo users have passwords that everybody can read.', 'Use any stage but prod');
  }
  await loadDemoData({ ...(await deployedStage(values.stage)), log: console.log });
}

if (require.main === module) void run(main);
