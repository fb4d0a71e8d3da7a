import { ExecutionAlreadyExists, type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { logAbout } from '../../../shared/lambda/invocation';
import type { AttemptRequest, StartsSagas } from '../ports/event-readers';

export class SfnOrderSaga implements StartsSagas {
  constructor(
    private readonly sfn: SFNClient,
    private readonly machines: { order: string; return: string },
  ) {}

  /** The name makes a second start of one attempt harmless; where Express lets it through, the claim does. */
  async start({ orderId, attempt, correlationId, return: ofReturn }: AttemptRequest): Promise<void> {
    try {
      await this.sfn.send(
        new StartExecutionCommand({
          stateMachineArn: ofReturn ? this.machines.return : this.machines.order,
          name: `${ofReturn?.returnId ?? orderId}-${attempt}`,
          input: JSON.stringify({ orderId, attempt, correlationId, ...ofReturn }),
        }),
      );
    } catch (error) {
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
    }
    logAbout({ orderId, correlationId }, { attempt, returnId: ofReturn?.returnId }, 'saga started');
  }
}
