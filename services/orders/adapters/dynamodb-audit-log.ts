import { type AuditEntry, auditWrite } from '../../../shared/aws/audit-log';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import { transact } from '../../../shared/aws/transaction';
import type { WritesAudit } from '../ports/writes-audit';

export class DynamodbAuditLog implements WritesAudit {
  constructor(
    private readonly client: DocumentClient,
    private readonly table: string,
  ) {}

  async write(entry: AuditEntry): Promise<void> {
    await transact(this.client, [auditWrite(this.table, entry)]);
  }
}
