import { dynamodb } from '../../../shared/aws/dynamodb';
import { sqs } from '../../../shared/aws/sqs';
import { isRefusal } from '../../../shared/kernel/refusal';
import { environment, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { invocation } from '../../../shared/lambda/invocation';
import { DynamodbAuditLog } from '../adapters/dynamodb-audit-log';
import { SqsDeadLetters } from '../adapters/sqs-dead-letters';
import { discardDeadLettersRoute } from '../api';
import { discardDeadLetters } from '../use-cases/discard-dead-letters';

const env = environment({ NAME_PREFIX: text, AUDIT_LOG_TABLE: text });

const ports = {
  letters: new SqsDeadLetters(sqs, env.NAME_PREFIX),
  audit: new DynamodbAuditLog(dynamodb, env.AUDIT_LOG_TABLE),
  clock: Date.now,
};

export const handler = http(discardDeadLettersRoute, async ({ caller, path, body }) => {
  const { correlationId } = invocation();
  const command = { ...body, queue: path.queue, staffId: caller.id, correlationId };
  const discarded = await discardDeadLetters(ports, command);
  return isRefusal(discarded) ? discarded : json(200, { discarded });
});
