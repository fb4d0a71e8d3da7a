import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { awsClient } from './aws-client';
import { stack } from './stack';
import { waitFor } from './wait-for';

/**
 * Sets environment values of a deployed function (a proxy as its AWS_ENDPOINT_URL, say) while the work runs,
 * and puts the old ones back.
 */
export async function withFunctionEnvironment<T>(
  functionKey: string,
  values: Record<string, string>,
  work: () => Promise<T>,
): Promise<T> {
  const client = await awsClient(LambdaClient);
  const FunctionName = `orderly-${(await stack()).stage}-${functionKey}`;
  const { Environment } = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const before = Environment?.Variables ?? {};
  const set = async (Variables: Record<string, string>) => {
    await client.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
    await waitFor(
      async () => {
        const now = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
        return now.LastUpdateStatus !== 'InProgress';
      },
      { what: `${FunctionName} to take its environment` },
    );
  };
  await set({ ...before, ...values });
  try {
    return await work();
  } finally {
    await set(before);
  }
}
