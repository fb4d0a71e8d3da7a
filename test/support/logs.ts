import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { awsClient } from './aws-client';
import { stack } from './stack';

/** Every log line of every function since then, by function key. */
export async function logLinesSince(start: number): Promise<Record<string, string[]>> {
  const logs = await awsClient(CloudWatchLogsClient);
  const prefix = `/aws/lambda/orderly-${(await stack()).stage}-`;
  const lines: Record<string, string[]> = {};
  for (const logGroupName of await groupsOf(logs, prefix))
    lines[logGroupName.slice(prefix.length)] = await linesIn(logs, logGroupName, start);
  return lines;
}

/** Every log line of one function since then. */
export async function logLinesOf(key: string, start: number): Promise<string[]> {
  const logs = await awsClient(CloudWatchLogsClient);
  return linesIn(logs, `/aws/lambda/orderly-${(await stack()).stage}-${key}`, start);
}

async function linesIn(
  logs: CloudWatchLogsClient,
  logGroupName: string,
  startTime: number,
): Promise<string[]> {
  const lines: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await logs.send(new FilterLogEventsCommand({ logGroupName, startTime, nextToken }));
    lines.push(...(page.events ?? []).map(({ message = '' }) => message));
    nextToken = page.nextToken;
  } while (nextToken);
  return lines;
}

/** CloudWatch tells fifty at most at once, and there are more functions than that. */
async function groupsOf(logs: CloudWatchLogsClient, logGroupNamePrefix: string): Promise<string[]> {
  const names: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix, limit: 50, nextToken }));
    names.push(...(page.logGroups ?? []).map(({ logGroupName = '' }) => logGroupName));
    nextToken = page.nextToken;
  } while (nextToken);
  return names;
}
