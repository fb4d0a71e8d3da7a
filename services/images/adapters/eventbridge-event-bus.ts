import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { EventBus, ImageEvent } from '../ports/images';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const MAX_ENTRIES = 10;

export class EventBridgeEventBus implements EventBus {
  constructor(
    private readonly client: EventBridgeClient,
    private readonly bus: string,
  ) {}

  /** Every batch is sent before any failure is told, so that one refused entry holds back no other. */
  async publish(events: readonly ImageEvent[]): Promise<void> {
    const refused: string[] = [];
    for (let start = 0; start < events.length; start += MAX_ENTRIES) {
      refused.push(...(await this.put(events.slice(start, start + MAX_ENTRIES))));
    }
    if (refused.length > 0) throw new Error(`The bus refused ${refused.join(', ')}`);
  }

  /** The call succeeds even when entries fail, so each entry of the reply is looked at. */
  private async put(events: readonly ImageEvent[]): Promise<string[]> {
    const { Entries = [] } = await this.client.send(
      new PutEventsCommand({
        Entries: events.map((event) => ({
          EventBusName: this.bus,
          Source: 'orderly.images',
          DetailType: event.type,
          Time: new Date(event.time),
          Resources: [event.data.productId, event.subject],
          Detail: JSON.stringify(event),
        })),
      }),
    );
    return events.flatMap((event, index) => {
      const entry = Entries[index];
      return entry?.EventId ? [] : [`${event.id} (${entry?.ErrorCode ?? 'no answer'})`];
    });
  }
}
