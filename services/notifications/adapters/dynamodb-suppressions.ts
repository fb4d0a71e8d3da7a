import { createHmac } from 'node:crypto';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import { iso } from '../../../shared/kernel/time';
import type { Suppressions } from '../ports/sending';
import { HASHED } from './hashed-address';

/** Looks up a secret's text; shared/aws/cached-secrets.ts keeps it for five minutes. */
type Secret = (name: string) => Promise<string>;

/** Addresses by their HMAC: the table alone tells nobody's, and who has the key can only ask for one they know. */
export class DynamoDbSuppressions implements Suppressions {
  constructor(
    private readonly client: DocumentClient,
    private readonly table: string,
    private readonly key: { secret: Secret; name: string },
  ) {}

  async keyOf(email: string): Promise<string> {
    const secret = await this.key.secret(this.key.name);
    return createHmac('sha256', secret).update(email.trim().toLowerCase()).digest('base64url');
  }

  async isSuppressed(email: string): Promise<boolean> {
    const { Item } = await this.client.send(
      new GetCommand({ TableName: this.table, Key: { id: await this.keyOf(email) } }),
    );
    return Item !== undefined;
  }

  async suppress(recipient: string, because: string, at: number): Promise<void> {
    const id = recipient.startsWith(HASHED) ? recipient.slice(HASHED.length) : await this.keyOf(recipient);
    await this.client.send(new PutCommand({ TableName: this.table, Item: { id, because, at: iso(at) } }));
  }
}
