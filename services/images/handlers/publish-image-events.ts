import { parkIn } from '../../../shared/aws/dead-letters';
import { EventBus } from '../../../shared/aws/event-bus';
import { eventbridge } from '../../../shared/aws/eventbridge';
import { environment, text } from '../../../shared/lambda/environment';
import { stream } from '../../../shared/lambda/stream';
import { readImageRow } from '../adapters/image-row';
import { publishImageEvents } from '../use-cases/publish-image-events';

const env = environment({ EVENT_BUS: text, DEAD_LETTER_QUEUE: text, IMAGES_BASE_URL: text });
const ports = { bus: new EventBus(eventbridge, env.EVENT_BUS), baseUrl: env.IMAGES_BASE_URL };

export const handler = stream({ parse: readImageRow, park: parkIn(env.DEAD_LETTER_QUEUE) }, async (images) =>
  publishImageEvents(ports, images),
);
