import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** How a stage is deployed on a restored table: scripts/packaging/switch-tables.cjs reads the parameter. */
export async function switchLine(
  client: DynamoDBClient,
  stage: string,
  source: string,
  target: string,
): Promise<string> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: target }));
  const stream = Table?.LatestStreamArn ? `@${Table.LatestStreamArn}` : '';
  return `npm run deploy -- --stage ${stage} --param="switchedTables=${source}=${target}${stream}"`;
}
