import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  CreatePlatformApplicationCommand,
  CreatePlatformEndpointCommand,
  DeletePlatformApplicationCommand,
  PublishCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { makeEvent } from '../../events/envelope';
import { orderShipped } from '../../events/fulfilment-events';
import { newId } from '../../shared/kernel/ids';
import { api } from '../support/api';
import { awsClient } from '../support/aws-client';
import { withFunctionEnvironment } from '../support/function-environment';
import { newCustomers } from '../support/new-customers';
import { placeOrder, settled } from '../support/order';
import { outbox } from '../support/outbox';
import { stack } from '../support/stack';
import { waitFor } from '../support/wait-for';

const PRODUCT = 'prd_01KA000005H0VSEESPRESS0000';

let token: string;
beforeAll(async () => {
  [token] = (await newCustomers(1)) as [string];
});

interface Result {
  channel: string;
  kind: string;
  outcome: string;
  reason?: string;
}

/** What the timeline of an order knows of its messages. */
async function resultsOf(orderId: string): Promise<Result[]> {
  const client = DynamoDBDocumentClient.from(await awsClient(DynamoDBClient));
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: (await stack()).outputs.OrderMessagesTableName,
      KeyConditionExpression: 'orderId = :order',
      ExpressionAttributeValues: { ':order': orderId },
      ConsistentRead: true,
    }),
  );
  return Items as Result[];
}

const resultOf = (orderId: string, channel: string, kind = 'order-confirmed'): Promise<Result> =>
  waitFor(
    async () => (await resultsOf(orderId)).find((one) => one.channel === channel && one.kind === kind),
    { what: `the result of ${kind} by ${channel}` },
  );

async function confirmed(more: Record<string, unknown> = {}): Promise<string> {
  const { body } = await placeOrder({ items: [{ productId: PRODUCT, quantity: 1 }], token, more });
  expect(await settled(body.id, { token })).toMatchObject({ status: 'CONFIRMED' });
  return body.id;
}

/** A change on top of what is there; the account is nobody else's. */
async function changeMe(body: unknown): Promise<void> {
  await waitFor(
    async () => {
      const me = await api('GET /me', { token });
      const headers = { 'if-match': me.headers.get('etag') ?? '' };
      return (await api('PATCH /me', { token, headers, body })).status === 200;
    },
    { what: 'the change of the account' },
  );
}

interface Sms {
  PhoneNumber: string;
  Message: string;
}

async function smsAbout(orderId: string): Promise<Sms[]> {
  const answer = await fetch(`${(await stack()).endpoint}/_ministack/sns/sms-messages`);
  const { sms_messages: byNumber } = (await answer.json()) as { sms_messages: Record<string, Sms[]> };
  return Object.values(byNumber)
    .flat()
    .filter(({ Message }) => Message.includes(orderId));
}

async function tellShipped(orderId: string): Promise<void> {
  const price = { amount: 1190, currency: 'EUR' };
  const event = makeEvent(orderShipped, {
    subject: orderId,
    at: Date.now(),
    correlationId: newId('cor'),
    actor: 'staff',
    data: {
      customerId: 'somebody',
      attempt: 1,
      version: 5,
      shipmentId: newId('shp'),
      carrier: 'DHL',
      trackingNumber: 'JD014600003828',
      items: [{ productId: PRODUCT, name: 'House Espresso, 250 g', quantity: 1, unitPrice: price }],
      amount: price,
      status: 'SHIPPED',
      paymentStatus: 'CAPTURED',
      fulfilmentStatus: 'SHIPPED',
    },
  });
  const sns = await awsClient(SNSClient);
  await sns.send(
    new PublishCommand({
      TopicArn: (await stack()).outputs.OrderEventsTopicArn,
      Message: JSON.stringify(event),
      MessageAttributes: { type: { DataType: 'String', StringValue: event.type } },
    }),
  );
}

test('a phone given with the order gets one SMS for each news, and the timeline says so', async () => {
  const orderId = await confirmed({ contact: { phone: '+351 912 345 678' } });
  expect(await resultOf(orderId, 'sms')).toMatchObject({ outcome: 'SENT' });
  await tellShipped(orderId);
  expect(await resultOf(orderId, 'sms', 'order-shipped')).toMatchObject({ outcome: 'SENT' });
  const all = await smsAbout(orderId);
  expect(all.map(({ PhoneNumber }) => PhoneNumber)).toEqual(['+351912345678', '+351912345678']);
  expect(all.at(-1)?.Message).toContain('JD014600003828');
  expect(await resultOf(orderId, 'email', 'order-shipped')).toMatchObject({ outcome: 'SENT' });
  const mail = (await outbox(orderId)).find(({ Subject }) => Subject === 'Your parcel is on its way');
  expect(mail?.BodyText).toContain('JD014600003828');
});

test('without a phone there is no SMS, and a phone without its country is nobody’s', async () => {
  const silent = await confirmed();
  expect(await resultOf(silent, 'sms')).toMatchObject({ outcome: 'SUPPRESSED', reason: 'NO_PHONE' });
  const local = await confirmed({ contact: { phone: '912 345 678' } });
  expect(await resultOf(local, 'sms')).toMatchObject({ outcome: 'SUPPRESSED', reason: 'PHONE_NOT_E164' });
  expect(await smsAbout(local)).toEqual([]);
});

test('what a customer does not want by one channel still comes by another', async () => {
  await changeMe({ preferences: { email: { 'order-confirmed': false } } });
  const orderId = await confirmed({ contact: { phone: '+351912345678' } });
  expect(await resultOf(orderId, 'email')).toMatchObject({ outcome: 'SUPPRESSED', reason: 'NOT_WANTED' });
  expect(await resultOf(orderId, 'sms')).toMatchObject({ outcome: 'SENT' });
  expect(await outbox(orderId)).toEqual([]);
});

test('a change of the account that was overtaken is refused, and one without If-Match too', async () => {
  const body = { preferences: { push: { 'order-shipped': false } } };
  const stale = await api('PATCH /me', { token, body, headers: { 'if-match': '"999"' } });
  expect(stale).toMatchObject({ status: 412, body: { code: 'STALE' } });
  const blind = await api('PATCH /me', { token, body });
  expect(blind).toMatchObject({ status: 428, body: { code: 'IF_MATCH_REQUIRED' } });
});

test('a device is registered by the first message to it, up to what SNS takes, and forgotten there when it is taken off', async () => {
  const sns = await awsClient(SNSClient);
  const { PlatformApplicationArn = '' } = await sns.send(
    new CreatePlatformApplicationCommand({
      Name: `channels-${Date.now()}`,
      Platform: 'GCM',
      Attributes: { PlatformCredential: 'of-the-test' },
    }),
  );
  const device = { platform: 'fcm', token: `device-of-the-test-${Date.now()}` };
  await changeMe({ devices: [device] });
  const orderId = await withFunctionEnvironment(
    'sendPush',
    { FCM_APPLICATION: PlatformApplicationArn },
    async () => {
      const id = await confirmed();
      expect(await resultOf(id, 'push')).toMatchObject({ outcome: 'SENT' });
      return id;
    },
  );
  // SNS knows the token already, and would give the same endpoint to nobody who says other things of it.
  const again = { PlatformApplicationArn, Token: device.token, CustomUserData: 'another' };
  await expect(sns.send(new CreatePlatformEndpointCommand(again))).rejects.toThrow(/already exists/i);
  expect(await resultsOf(orderId)).toHaveLength(3);
  await withFunctionEnvironment('eraseDevices', { FCM_APPLICATION: PlatformApplicationArn }, () =>
    changeMe({ devices: [] }),
  );
  expect((await sns.send(new CreatePlatformEndpointCommand(again))).EndpointArn).toBeTruthy();
  await sns.send(new DeletePlatformApplicationCommand({ PlatformApplicationArn }));
});
