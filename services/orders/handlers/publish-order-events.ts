import { parkIn } from '../../../shared/aws/dead-letters';
import { eventbridge } from '../../../shared/aws/eventbridge';
import { sns } from '../../../shared/aws/sns';
import { environment, text } from '../../../shared/lambda/environment';
import { stream } from '../../../shared/lambda/stream';
import { readEventRow } from '../adapters/event-row';
import { SnsEventbridgePublisher } from '../adapters/sns-eventbridge-publisher';

const env = environment({ TOPIC_ARN: text, EVENT_BUS: text, DEAD_LETTER_QUEUE: text });

const publisher = new SnsEventbridgePublisher(sns, eventbridge, {
  topicArn: env.TOPIC_ARN,
  eventBus: env.EVENT_BUS,
});

export const handler = stream({ parse: readEventRow, park: parkIn(env.DEAD_LETTER_QUEUE) }, (events) =>
  publisher.publish(events),
);
