import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { CloudEvent } from '../../../events/envelope';
import { logAbout } from '../../../shared/lambda/invocation';
import type { EventBus } from '../ports/event-bus';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const MAX_ENTRIES = 10;

export class EventBridgeEventBus implements EventBus {
  constructor(
    private readonly client: EventBridgeClient,
    private readonly bus: string,
  ) {}

  async publish(events: readonly CloudEvent[]): Promise<void> {
    const refused: string[] = [];
    for (let start = 0; start < events.length; start += MAX_ENTRIES) {
      refused.push(...(await this.put(events.slice(start, start + MAX_ENTRIES))));
    }
    if (refused.length > 0) throw new Error(`The bus refused ${refused.join(', ')}`);
  }

  /** The call succeeds even when entries fail, so each entry of the reply is looked at. */
  private async put(events: readonly CloudEvent[]): Promise<string[]> {
    const { Entries = [] } = await this.client.send(
      new PutEventsCommand({
        Entries: events.map((event) => ({
          EventBusName: this.bus,
          Source: 'orderly.payments',
          DetailType: event.type,
          Time: new Date(event.time),
          Resources: [event.subject],
          Detail: JSON.stringify(event),
        })),
      }),
    );
    return events.flatMap((event, index) => {
      const entry = Entries[index];
      if (!entry?.EventId) return [`${event.id} (${entry?.ErrorCode ?? 'no answer'})`];
      const { id: eventId, type, subject: orderId, correlationid: correlationId } = event;
      logAbout({ orderId, correlationId }, { eventId, type }, 'event published');
      return [];
    });
  }
}
