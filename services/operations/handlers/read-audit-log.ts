import { dynamodb } from '../../../shared/aws/dynamodb';
import { decodeCursor, encodeCursor } from '../../../shared/kernel/cursor';
import { refuse } from '../../../shared/kernel/refusal';
import { environment, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { DynamodbAuditLog } from '../adapters/dynamodb-audit-log';
import { AUDIT_POSITION, readAuditLogRoute } from '../api';
import { readAuditLog } from '../use-cases/read-audit-log';

const env = environment({ AUDIT_LOG_TABLE: text });

const audit = new DynamodbAuditLog(dynamodb, env.AUDIT_LOG_TABLE);

const DEFAULT_LIMIT = 20;

export const handler = http(readAuditLogRoute, async ({ query: { date, limit = DEFAULT_LIMIT, cursor } }) => {
  const filter = { date };
  const before = cursor ? decodeCursor(cursor, filter, AUDIT_POSITION) : undefined;
  if (cursor && !before) return refuse('CURSOR_INVALID', 'This cursor is not from a page of this list.');
  const { items, next } = await readAuditLog({ audit }, { date, limit, before });
  return json(200, { items, nextCursor: next && encodeCursor(next, filter) });
});
