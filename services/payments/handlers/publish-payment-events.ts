import { parkIn } from '../../../shared/aws/dead-letters';
import { EventBus } from '../../../shared/aws/event-bus';
import { eventbridge } from '../../../shared/aws/eventbridge';
import { environment, text } from '../../../shared/lambda/environment';
import { logPublished } from '../../../shared/lambda/invocation';
import { stream } from '../../../shared/lambda/stream';
import { readOutboxRow } from '../adapters/outbox-row';

const env = environment({ EVENT_BUS: text, DEAD_LETTER_QUEUE: text });

const bus = new EventBus(eventbridge, env.EVENT_BUS);

export const handler = stream(
  { parse: readOutboxRow, park: parkIn(env.DEAD_LETTER_QUEUE) },
  async (events) => {
    await bus.publish(events);
    events.forEach(logPublished);
  },
);
