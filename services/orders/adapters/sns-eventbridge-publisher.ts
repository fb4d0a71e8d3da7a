import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PublishBatchCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { CloudEvent } from '../../../events/envelope';
import { logPublished } from '../../../shared/lambda/invocation';
import type { PublishesEvents } from '../ports/event-readers';

/** Both services take ten entries a call. */
const BATCH = 10;

function* batches<T>(items: readonly T[]): Generator<T[]> {
  for (let start = 0; start < items.length; start += BATCH) yield items.slice(start, start + BATCH);
}

/** To the topic for our own consumers and to the bus for everybody else's; every entry of every reply is checked. */
export class SnsEventbridgePublisher implements PublishesEvents {
  constructor(
    private readonly sns: SNSClient,
    private readonly eventbridge: EventBridgeClient,
    private readonly targets: { topicArn: string; eventBus: string },
  ) {}

  async publish(events: readonly CloudEvent[]): Promise<void> {
    let failed = 0;
    const faults: unknown[] = [];
    for (const batch of batches(events)) {
      // A call that fails as a whole must not keep the batches behind it from going out.
      for (const call of await Promise.allSettled([this.toTopic(batch), this.toBus(batch)])) {
        failed += call.status === 'fulfilled' ? call.value : batch.length;
        if (call.status === 'rejected') faults.push(call.reason);
      }
    }
    if (failed === 0) return events.forEach(logPublished);
    const publications = 2 * events.length;
    const message = `${failed} of ${publications} publications failed; the batch comes again`;
    throw new AggregateError(faults, message, { cause: faults[0] });
  }

  private async toTopic(events: CloudEvent[]): Promise<number> {
    const { Failed = [] } = await this.sns.send(
      new PublishBatchCommand({
        TopicArn: this.targets.topicArn,
        PublishBatchRequestEntries: events.map((event) => ({
          Id: event.id,
          Message: JSON.stringify(event),
          MessageAttributes: {
            type: { DataType: 'String', StringValue: event.type },
            correlationId: { DataType: 'String', StringValue: event.correlationid },
          },
        })),
      }),
    );
    return Failed.length;
  }

  private async toBus(events: CloudEvent[]): Promise<number> {
    const { FailedEntryCount = 0 } = await this.eventbridge.send(
      new PutEventsCommand({
        Entries: events.map((event) => ({
          EventBusName: this.targets.eventBus,
          Source: 'orderly.orders',
          DetailType: event.type,
          Time: new Date(event.time),
          Detail: JSON.stringify(event),
        })),
      }),
    );
    return FailedEntryCount;
  }
}
