import { dynamodb } from '../../../shared/aws/dynamodb';
import { kinesis } from '../../../shared/aws/kinesis';
import { lambda } from '../../../shared/aws/lambda';
import { sqs } from '../../../shared/aws/sqs';
import { isRefusal } from '../../../shared/kernel/refusal';
import { environment, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { invocation } from '../../../shared/lambda/invocation';
import { AwsRedelivery } from '../adapters/aws-redelivery';
import { DynamodbAuditLog } from '../adapters/dynamodb-audit-log';
import { SqsDeadLetters } from '../adapters/sqs-dead-letters';
import { redriveDeadLettersRoute } from '../api';
import { redriveDeadLetters } from '../use-cases/redrive-dead-letters';

const env = environment({ NAME_PREFIX: text, AUDIT_LOG_TABLE: text });

const ports = {
  letters: new SqsDeadLetters(sqs, env.NAME_PREFIX),
  redelivery: new AwsRedelivery({ sqs, lambda, kinesis }, env.NAME_PREFIX),
  audit: new DynamodbAuditLog(dynamodb, env.AUDIT_LOG_TABLE),
  clock: Date.now,
};

const DEFAULT_LIMIT = 10;

export const handler = http(redriveDeadLettersRoute, async ({ caller, path, body }) => {
  const done = await redriveDeadLetters(ports, {
    queue: path.queue,
    staffId: caller.id,
    correlationId: invocation().correlationId,
    limit: body.ids?.length ?? body.limit ?? DEFAULT_LIMIT,
    before: body.before ? Date.parse(body.before) : Number.POSITIVE_INFINITY,
    ids: body.ids,
    except: body.except,
  });
  return isRefusal(done) ? done : json(200, { items: done });
});
