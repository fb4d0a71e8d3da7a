import { ExecutionAlreadyExists, type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { logAbout } from '../../../shared/lambda/invocation';
import type { AttemptRequest, StartsSagas } from '../ports/event-readers';

export class SfnOrderSaga implements StartsSagas {
  constructor(
    private readonly sfn: SFNClient,
    private readonly stateMachineArn: string,
  ) {}

  /** The name makes a second start of one attempt harmless; where Express lets it through, the claim does. */
  async start({ orderId, attempt, correlationId }: AttemptRequest): Promise<void> {
    try {
      await this.sfn.send(
        new StartExecutionCommand({
          stateMachineArn: this.stateMachineArn,
          name: `${orderId}-${attempt}`,
          input: JSON.stringify({ orderId, attempt, correlationId }),
        }),
      );
    } catch (error) {
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
    }
    logAbout({ orderId, correlationId }, { attempt }, 'saga started');
  }
}
