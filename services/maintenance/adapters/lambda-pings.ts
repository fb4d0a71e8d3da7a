import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { SECOND } from '../../../shared/kernel/time';
import type { Pings } from '../ports/pings';

/** A cold start takes seconds; a second ping meanwhile would start a second environment. */
const STARTED_WITHIN = { requestTimeout: 20 * SECOND };

export class LambdaPings implements Pings {
  constructor(
    private readonly client: LambdaClient,
    private readonly prefix: string,
  ) {}

  async ping(functionKey: string): Promise<void> {
    const FunctionName = `${this.prefix}${functionKey}`;
    const command = new InvokeCommand({ FunctionName, Payload: JSON.stringify({ warmup: true }) });
    const { FunctionError } = await this.client.send(command, STARTED_WITHIN);
    if (FunctionError) throw new Error(`${functionKey} does not start`);
  }
}
