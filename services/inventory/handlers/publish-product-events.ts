import { parkIn } from '../../../shared/aws/dead-letters';
import { EventBus } from '../../../shared/aws/event-bus';
import { eventbridge } from '../../../shared/aws/eventbridge';
import { environment, text } from '../../../shared/lambda/environment';
import { stream } from '../../../shared/lambda/stream';
import { readProductImage } from '../adapters/product-row';
import { publishProductEvents } from '../use-cases/publish-product-events';

const env = environment({ EVENT_BUS: text, DEAD_LETTER_QUEUE: text });
const bus = new EventBus(eventbridge, env.EVENT_BUS);

export const handler = stream(
  { parse: readProductImage, park: parkIn(env.DEAD_LETTER_QUEUE) },
  async (versions) => publishProductEvents({ bus }, versions),
);
