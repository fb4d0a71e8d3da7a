import { parkIn } from '../../../shared/aws/dead-letters';
import { eventbridge } from '../../../shared/aws/eventbridge';
import { environment, text } from '../../../shared/lambda/environment';
import { stream } from '../../../shared/lambda/stream';
import { EventBridgeEventBus } from '../adapters/eventbridge-event-bus';
import { readOutboxRow } from '../adapters/outbox-row';

const env = environment({ EVENT_BUS: text, DEAD_LETTER_QUEUE: text });

const bus = new EventBridgeEventBus(eventbridge, env.EVENT_BUS);

export const handler = stream({ parse: readOutboxRow, park: parkIn(env.DEAD_LETTER_QUEUE) }, (events) =>
  bus.publish(events),
);
