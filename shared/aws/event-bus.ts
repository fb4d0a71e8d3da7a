import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const MAX_ENTRIES = 10;

/** What the bus needs to see of a CloudEvent. */
interface Published {
  id: string;
  /** The service as a path, such as `/inventory`. */
  source: string;
  type: string;
  time: string;
  subject: string;
}

/** Publishes a service's events for everybody else; rules match them by `orderly.<service>` and the type. */
export class EventBus {
  constructor(
    private readonly client: EventBridgeClient,
    private readonly bus: string,
  ) {}

  /**
   * Every batch is sent before any failure is told, so that one refused entry holds back no other.
   * @throws Error naming what was refused: all may be published again, under the same ids
   */
  async publish(events: readonly Published[]): Promise<void> {
    const refused: string[] = [];
    for (let start = 0; start < events.length; start += MAX_ENTRIES) {
      refused.push(...(await this.put(events.slice(start, start + MAX_ENTRIES))));
    }
    if (refused.length > 0) throw new Error(`The bus refused ${refused.join(', ')}`);
  }

  /** The call succeeds even when entries fail, so each entry of the reply is looked at. */
  private async put(events: readonly Published[]): Promise<string[]> {
    const { Entries = [] } = await this.client.send(
      new PutEventsCommand({
        Entries: events.map((event) => ({
          EventBusName: this.bus,
          Source: `orderly.${event.source.slice(1)}`,
          DetailType: event.type,
          Time: new Date(event.time),
          Resources: [event.subject],
          Detail: JSON.stringify(event),
        })),
      }),
    );
    return events.flatMap(({ id }, index) => {
      const entry = Entries[index];
      return entry?.EventId ? [] : [`${id} (${entry?.ErrorCode ?? 'no answer'})`];
    });
  }
}
