import { AuditTable } from '../../../shared/aws/audit-log';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { eventbridge } from '../../../shared/aws/eventbridge';
import { sns } from '../../../shared/aws/sns';
import { isRefusal } from '../../../shared/kernel/refusal';
import { environment, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { annotate, invocation } from '../../../shared/lambda/invocation';
import { DynamodbOrderHistory } from '../adapters/dynamodb-order-history';
import { SnsEventbridgePublisher } from '../adapters/sns-eventbridge-publisher';
import { republishOrderRoute } from '../api/operating';
import { republishOrder } from '../use-cases/republish-order';

const env = environment({
  ORDER_EVENTS_TABLE: text,
  TOPIC_ARN: text,
  EVENT_BUS: text,
  AUDIT_LOG_TABLE: text,
});

const ports = {
  history: new DynamodbOrderHistory(dynamodb, env.ORDER_EVENTS_TABLE),
  publisher: new SnsEventbridgePublisher(sns, eventbridge, {
    topicArn: env.TOPIC_ARN,
    eventBus: env.EVENT_BUS,
  }),
  audit: new AuditTable(dynamodb, env.AUDIT_LOG_TABLE),
  clock: Date.now,
};

export const handler = http(republishOrderRoute, async ({ caller, path }) => {
  annotate({ orderId: path.id });
  const { correlationId } = invocation();
  const done = await republishOrder(ports, { orderId: path.id, staffId: caller.id, correlationId });
  return isRefusal(done) ? done : json(200, done);
});
