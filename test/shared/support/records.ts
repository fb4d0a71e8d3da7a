import { marshall } from '@aws-sdk/util-dynamodb';
import type { Context, DynamoDBRecord, SQSRecord } from 'aws-lambda';

export const context = (milliseconds = 6000): Context =>
  ({ awsRequestId: 'request-1', getRemainingTimeInMillis: () => milliseconds }) as Context;

export const message = (body: unknown, receives = 1, messageId = 'message-1'): SQSRecord => ({
  messageId,
  receiptHandle: 'handle',
  body: typeof body === 'string' ? body : JSON.stringify(body),
  attributes: {
    ApproximateReceiveCount: String(receives),
    SentTimestamp: '0',
    SenderId: 'sender',
    ApproximateFirstReceiveTimestamp: '0',
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:eu-west-1:000000000000:queue',
  awsRegion: 'eu-west-1',
});

export const inserted = (row: Record<string, unknown>, eventID = 'event-1'): DynamoDBRecord => ({
  eventID,
  eventName: 'INSERT',
  dynamodb: { NewImage: marshall(row) as never },
});
