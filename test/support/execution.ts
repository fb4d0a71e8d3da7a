import { DescribeExecutionCommand, SFNClient } from '@aws-sdk/client-sfn';
import { awsClient } from './aws-client';
import { stack } from './stack';
import { waitFor } from './wait-for';

/** How an execution of a machine, the deployed saga unless named, stands: RUNNING, SUCCEEDED, FAILED … */
export async function execution(name: string, machine?: string): Promise<string | undefined> {
  const { region, outputs } = await stack();
  const sfn = await awsClient(SFNClient);
  const executionArn = `arn:aws:states:${region}:000000000000:execution:${machine ?? outputs.OrderSagaName}:${name}`;
  return (await sfn.send(new DescribeExecutionCommand({ executionArn }))).status;
}

/** Waits until the execution has come to its end, good or bad. @returns which */
export const ended = (name: string, machine?: string): Promise<string> =>
  waitFor(
    async () => {
      const status = await execution(name, machine);
      return status !== 'RUNNING' && status;
    },
    { limit: 45_000, what: `execution ${name} to end` },
  );
