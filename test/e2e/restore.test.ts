import { DeleteTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { compareTables } from '../../scripts/restore/compare-tables';
import { restoreBeside } from '../../scripts/restore/restore-beside';
import { invoke } from '../inventory/support/deployed';
import { newKey } from '../support/api';
import { awsClient } from '../support/aws-client';
import { stack } from '../support/stack';

test('a table is brought back beside the original, and compared with it row by row', async () => {
  const client = await awsClient(DynamoDBClient);
  const rows = DynamoDBDocumentClient.from(client);
  const source = (await stack()).outputs.MaintenanceTableName as string;
  const [same, gone, other] = ['same', 'gone', 'other'].map((word) => `${word}-${newKey()}`);
  const put = (id: string | undefined, state: string, TableName = source) =>
    rows.send(new PutCommand({ TableName, Item: { id, state } }));
  for (const id of [same, gone, other]) await put(id, 'before');
  const target = await restoreBeside(client, source, undefined, () => undefined);
  try {
    expect(target).toMatch(/^orderly-local-maintenance-restored-\d{8}t\d{6}z$/);
    const { Table } = await client.send(new DescribeTableCommand({ TableName: target }));
    expect(Table?.KeySchema).toEqual([{ AttributeName: 'id', KeyType: 'HASH' }]);
    const whole = await compareTables(client, source, target);
    const ours = (ids: string[]) => ids.filter((id) => [same, gone, other].includes(id));
    expect([whole.missing, whole.added, whole.changed].flatMap(ours)).toEqual([]);

    await rows.send(new DeleteCommand({ TableName: source, Key: { id: gone } }));
    await put(other, 'after');
    const late = await compareTables(client, source, target);
    expect(ours(late.added)).toEqual([gone]);
    expect(ours(late.changed)).toEqual([other]);
    expect(ours(late.missing)).toEqual([]);
  } finally {
    await client.send(new DeleteTableCommand({ TableName: target }));
    for (const id of [same, gone, other])
      await rows.send(new DeleteCommand({ TableName: source, Key: { id } }));
  }
});

test('the users of the pool are kept, who of them is staff too', async () => {
  const backup = await invoke<{ users: number; staff: number; files: number }>('backUpUsers', {});
  expect(backup.users).toBeGreaterThan(1);
  expect(backup.staff).toBeGreaterThan(0);
  expect(backup.files).toBeGreaterThan(1);
});
