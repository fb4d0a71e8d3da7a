import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { AUDIT_BUCKETS, AuditTable, auditPartition } from '../../../shared/aws/audit-log';
import type { AuditLog } from '../ports/dead-letters';
import type { AuditRow, ReadsAudit } from '../ports/reads-audit';

export class DynamodbAuditLog extends AuditTable implements AuditLog, ReadsAudit {
  async ofDay(date: string, { limit, before }: { limit: number; before?: string }): Promise<AuditRow[]> {
    const buckets = Array.from({ length: AUDIT_BUCKETS }, (_, bucket) => bucket);
    const pages = await Promise.all(
      buckets.map((bucket) => this.page(auditPartition(date, bucket), limit, before)),
    );
    return pages
      .flat()
      .sort((one, other) => other.id.localeCompare(one.id))
      .slice(0, limit);
  }

  private async page(pk: string, Limit: number, before: string | undefined): Promise<AuditRow[]> {
    const { Items = [] } = await this.client.send(
      new QueryCommand({
        TableName: this.table,
        KeyConditionExpression: `pk = :pk${before ? ' AND id < :before' : ''}`,
        ExpressionAttributeValues: { ':pk': pk, ...(before ? { ':before': before } : {}) },
        ScanIndexForward: false,
        Limit,
      }),
    );
    return Items.map(({ pk: _pk, ttl: _ttl, ...row }) => row as AuditRow);
  }
}
