import { gunzipSync } from 'node:zlib';
import {
  CloudWatchLogsClient,
  paginateDescribeLogGroups,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import { CognitoIdentityProviderClient, paginateListUsers } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient, paginateListTables, paginateScan } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListBucketsCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { paginateListQueues, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { awsClient } from './aws-client';
import { stack } from './stack';

/** Something that is kept, in words, and where. */
interface Found {
  where: string;
  text: string;
}

async function* tables(): AsyncGenerator<Found> {
  const client = await awsClient(DynamoDBClient);
  const prefix = `orderly-${(await stack()).stage}-`;
  for await (const { TableNames = [] } of paginateListTables({ client }, {})) {
    for (const TableName of TableNames.filter((name) => name.startsWith(prefix))) {
      yield { where: `table ${TableName}`, text: '' };
      for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true }))
        for (const item of Items) yield { where: `table ${TableName}`, text: JSON.stringify(item) };
    }
  }
}

const GZIP = [0x1f, 0x8b];

function textOf(bytes: Uint8Array): string {
  const isZipped = GZIP.every((byte, index) => bytes[index] === byte);
  return Buffer.from(isZipped ? gunzipSync(bytes) : bytes).toString('latin1');
}

async function* buckets(): AsyncGenerator<Found> {
  const { endpoint, region } = await stack();
  const { config } = await awsClient(S3Client);
  const client = new S3Client({ endpoint, region, credentials: config.credentials, forcePathStyle: true });
  const { Buckets = [] } = await client.send(new ListBucketsCommand({}));
  // The functions' own packages: nothing that runs writes there.
  for (const { Name: Bucket = '' } of Buckets.filter(({ Name = '' }) => !/deploymentbucket/i.test(Name))) {
    yield { where: `bucket ${Bucket}`, text: '' };
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket })) {
      for (const { Key } of Contents) {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
        const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
        yield { where: `bucket ${Bucket}`, text: `${Key}\n${textOf(bytes)}` };
      }
    }
  }
}

/** A message is seen once and comes back by itself. */
const HIDDEN_S = 5;

async function* queues(): AsyncGenerator<Found> {
  const client = await awsClient(SQSClient);
  for await (const { QueueUrls = [] } of paginateListQueues({ client }, {})) {
    for (const QueueUrl of QueueUrls) {
      const where = `queue ${QueueUrl.split('/').at(-1)}`;
      yield { where, text: '' };
      let more = true;
      while (more) {
        const { Messages = [] } = await client.send(
          new ReceiveMessageCommand({
            QueueUrl,
            MaxNumberOfMessages: 10,
            VisibilityTimeout: HIDDEN_S,
            MessageAttributeNames: ['All'],
          }),
        );
        for (const { Body, MessageAttributes } of Messages)
          yield { where, text: `${Body}\n${JSON.stringify(MessageAttributes)}` };
        more = Messages.length > 0;
      }
    }
  }
}

async function* logs(since: number): AsyncGenerator<Found> {
  const client = await awsClient(CloudWatchLogsClient);
  for await (const { logGroups = [] } of paginateDescribeLogGroups({ client }, {})) {
    for (const { logGroupName = '' } of logGroups) {
      const where = `log ${logGroupName}`;
      yield { where, text: '' };
      for await (const page of paginateFilterLogEvents({ client }, { logGroupName, startTime: since }))
        for (const { message = '' } of page.events ?? []) yield { where, text: message };
    }
  }
}

async function* users(): AsyncGenerator<Found> {
  const client = await awsClient(CognitoIdentityProviderClient);
  const UserPoolId = (await stack()).userPoolId;
  for await (const { Users = [] } of paginateListUsers({ client }, { UserPoolId }))
    for (const user of Users) yield { where: 'user pool', text: JSON.stringify(user) };
}

const KINDS = { table: tables, bucket: buckets, queue: queues, log: logs, user: users };

export interface Search {
  /** By kind: how many places were looked into. */
  places: Record<string, number>;
  /** How many rows, objects, messages and lines. */
  read: number;
  hits: Found[];
}

/** Looks for marked words in every table, bucket, queue and log group of the local AWS, and in its user pool. */
export async function searchEverywhere(words: string[], since: number): Promise<Search> {
  const wanted = words.map((word) => word.toLowerCase());
  const search: Search = { places: {}, read: 0, hits: [] };
  for (const [kind, places] of Object.entries(KINDS)) {
    const seen = new Set<string>();
    for await (const found of places(since)) {
      seen.add(found.where);
      search.read += 1;
      const text = found.text.toLowerCase();
      if (wanted.some((word) => text.includes(word))) search.hits.push(found);
    }
    search.places[kind] = seen.size;
  }
  return search;
}
