import { readEvent } from '../../../events/envelope';
import { messageEvents } from '../../../events/message-results';
import { parkIn } from '../../../shared/aws/dead-letters';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { annotate } from '../../../shared/lambda/invocation';
import { eventMessage, queue } from '../../../shared/lambda/queue';
import { DynamodbOrderMessages } from '../adapters/dynamodb-order-messages';
import { recordMessageResult } from '../use-cases/record-message-result';

const env = environment({ ORDER_MESSAGES_TABLE: text, DEAD_LETTER_QUEUE: text });

const messages = new DynamodbOrderMessages(dynamodb, env.ORDER_MESSAGES_TABLE);

const parse = eventMessage((event: unknown) => readEvent(messageEvents, event));

export const handler = queue({ parse, park: parkIn(env.DEAD_LETTER_QUEUE), maxReceives: 5 }, (event) => {
  annotate({ orderId: event.subject });
  return recordMessageResult({ messages }, event);
});
