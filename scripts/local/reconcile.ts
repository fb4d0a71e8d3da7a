import { InvokeCommand } from '@aws-sdk/client-lambda';
import { lambda } from './clients';
import { service, stage } from './paths';

/** Asks for the sagas of orders that were under way when the local AWS stopped, as the schedule does every five minutes. */
export async function reconcileOrders(endpoint: string): Promise<void> {
  const Payload = JSON.stringify({ olderThanSeconds: 1 });
  const FunctionName = `${service}-${stage}-reconcileOrders`;
  const answer = await lambda(endpoint).send(new InvokeCommand({ FunctionName, Payload }));
  if (answer.FunctionError) throw new Error(Buffer.from(answer.Payload ?? []).toString());
}
