import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { invoke } from '../../inventory/support/deployed';
import { awsClient } from '../../support/aws-client';
import { stack } from '../../support/stack';

type Result = { outcome: string; paymentStatus: string };

/** The payment steps of the saga on the deployed functions. */
export const steps = {
  pay: (orderId: string, paymentToken = 'tok_visa', attempt = 1) =>
    invoke<Result>('processPayment', {
      orderId,
      attempt,
      correlationId: 'e2e-payments',
      amount: { amount: 1999, currency: 'EUR' },
      paymentToken,
    }),
  undo: (orderId: string, { attempt = 1, fault = false } = {}) =>
    invoke<Result>('refundPayment', { orderId, attempt, correlationId: 'e2e-payments', fault }),
};

/** All rows of an order's payment. */
export async function paymentRows(orderId: string): Promise<Record<string, unknown>[]> {
  const { outputs } = await stack();
  const client = DynamoDBDocumentClient.from(await awsClient(DynamoDBClient));
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: outputs.PaymentsTableName,
      KeyConditionExpression: 'orderId = :id',
      ExpressionAttributeValues: { ':id': orderId },
    }),
  );
  return Items;
}

export interface Sent {
  key?: string;
  body?: unknown;
}

/** Asks the sandbox provider itself. */
export async function sandbox(route: string, { key, body }: Sent = {}) {
  const [method, path] = route.split(' ');
  const answer = await fetch(`${(await stack()).sandboxUrl}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(key && { 'idempotency-key': key }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, text, body: JSON.parse(text) };
}
