import { DeleteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import type { Connection } from '../domain/connection';
import type { KeptConnections } from '../ports/live';

const PAGE = 50;
const PREFIX = 'connection#';

/** All connections there are, whosever: no page waits for it, so it may scan. */
export class DynamodbKeptConnections implements KeptConnections {
  constructor(
    private readonly client: DocumentClient,
    private readonly table: string,
  ) {}

  async kept(cursor?: string): Promise<{ connections: Connection[]; cursor?: string }> {
    const { Items = [], LastEvaluatedKey } = await this.client.send(
      new ScanCommand({
        TableName: this.table,
        Limit: PAGE,
        ExclusiveStartKey: cursor === undefined ? undefined : { id: cursor },
      }),
    );
    const connections = Items.filter(({ id }) => String(id).startsWith(PREFIX)).map(
      ({ id, audience, openedAt }) => ({ id: String(id).slice(PREFIX.length), audience, openedAt }),
    );
    return { connections, cursor: LastEvaluatedKey && String(LastEvaluatedKey.id) };
  }

  async forget(id: string): Promise<void> {
    await this.client.send(new DeleteCommand({ TableName: this.table, Key: { id: `${PREFIX}${id}` } }));
  }
}
