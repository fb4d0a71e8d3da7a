import { setTimeout as pause } from 'node:timers/promises';
import {
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  RestoreTableToPointInTimeCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';

const EVERY_MS = 2000;
/** A table of some hundred gigabytes takes hours on AWS. */
const PATIENCE_MS = 12 * 3_600_000;

/** `orderly-prod-orders-restored-20300101t120000z`, a name that the names of tables may have. */
const nameOf = (source: string, now: number): string =>
  `${source}-restored-${new Date(now)
    .toISOString()
    .replace(/[-:]|\.\d+/g, '')
    .toLowerCase()}`;

async function untilActive(client: DynamoDBClient, TableName: string): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    if (Table?.TableStatus === 'ACTIVE') return;
    if (Date.now() > end) throw new Error(`${TableName} is still ${Table?.TableStatus}`);
    await pause(EVERY_MS);
  }
}

/** What a restore leaves behind on AWS: point-in-time recovery, TTL, the stream, protection against deletion. */
async function likeTheOriginal(client: DynamoDBClient, source: string, target: string): Promise<void> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: source }));
  const { TimeToLiveDescription: ttl } = await client.send(
    new DescribeTimeToLiveCommand({ TableName: source }),
  );
  await client.send(
    new UpdateContinuousBackupsCommand({
      TableName: target,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    }),
  );
  if (ttl?.AttributeName) {
    const TimeToLiveSpecification = { AttributeName: ttl.AttributeName, Enabled: true };
    await client.send(new UpdateTimeToLiveCommand({ TableName: target, TimeToLiveSpecification }));
  }
  const { StreamSpecification, DeletionProtectionEnabled } = Table ?? {};
  if (StreamSpecification) {
    await client.send(new UpdateTableCommand({ TableName: target, StreamSpecification }));
    await untilActive(client, target);
  }
  if (DeletionProtectionEnabled) {
    await client.send(new UpdateTableCommand({ TableName: target, DeletionProtectionEnabled }));
    await untilActive(client, target);
  }
}

/** Beside the original, which goes on working. @returns the name of the new table */
export async function restoreBeside(
  client: DynamoDBClient,
  source: string,
  to: Date | undefined,
  say: (line: string) => void,
): Promise<string> {
  const target = nameOf(source, Date.now());
  say(`Restoring ${source} as it was ${to ? `at ${to.toISOString()}` : 'just now'} to ${target}`);
  await client.send(
    new RestoreTableToPointInTimeCommand({
      SourceTableName: source,
      TargetTableName: target,
      ...(to ? { RestoreDateTime: to } : { UseLatestRestorableTime: true }),
    }),
  );
  await untilActive(client, target);
  await likeTheOriginal(client, source, target);
  return target;
}
