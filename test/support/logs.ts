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
  for (const logGroupName of await groupsOf(logs, prefix)) {
    const key = logGroupName.slice(prefix.length);
    lines[key] = [];
    let nextToken: string | undefined;
    do {
      const page = await logs.send(new FilterLogEventsCommand({ logGroupName, startTime: start, nextToken }));
      lines[key].push(...(page.events ?? []).map(({ message = '' }) => message));
      nextToken = page.nextToken;
    } while (nextToken);
  }
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
