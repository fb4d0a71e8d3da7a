import { dynamodb } from '../../../shared/aws/dynamodb';
import { lambda } from '../../../shared/aws/lambda';
import { sqs } from '../../../shared/aws/sqs';
import { environment, text } from '../../../shared/lambda/environment';
import { DynamodbAuditLog } from './dynamodb-audit-log';
import { SqsDeadLetters } from './sqs-dead-letters';

/** What a function that acts on dead letters works with. */
export function actingPorts() {
  const env = environment({ NAME_PREFIX: text, AUDIT_LOG_TABLE: text });
  return {
    letters: new SqsDeadLetters(sqs, lambda, env.NAME_PREFIX),
    audit: new DynamodbAuditLog(dynamodb, env.AUDIT_LOG_TABLE),
    clock: Date.now,
  };
}

/** What one that only looks works with. */
export function lookingPorts() {
  const env = environment({ NAME_PREFIX: text });
  return { letters: new SqsDeadLetters(sqs, lambda, env.NAME_PREFIX) };
}
