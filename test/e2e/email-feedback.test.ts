import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { tagOf } from '../../services/notifications/domain/message';
import { awsClient } from '../support/aws-client';
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

async function confirmed(email: string): Promise<string> {
  const { body } = await placeOrder({
    items: [{ productId: PRODUCT, quantity: 1 }],
    token,
    more: { contact: { email } },
  });
  expect(await settled(body.id, { token })).toMatchObject({ status: 'CONFIRMED' });
  return body.id;
}

async function outcomeOf(orderId: string, outcome: string): Promise<Record<string, unknown>> {
  const client = DynamoDBDocumentClient.from(await awsClient(DynamoDBClient));
  return waitFor(
    async () => {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: (await stack()).outputs.OrderMessagesTableName,
          KeyConditionExpression: 'orderId = :order',
          ExpressionAttributeValues: { ':order': orderId },
        }),
      );
      return Items.find((one) => one.channel === 'email' && one.outcome === outcome);
    },
    { what: `${outcome} on the timeline of ${orderId}` },
  );
}

/** As SES says it: the local one raises no event for what the application sends by its second API. */
async function feedback(messageId: string, emailAddress: string, what: object): Promise<void> {
  const sns = await awsClient(SNSClient);
  await sns.send(
    new PublishCommand({
      TopicArn: (await stack()).outputs.EmailFeedbackTopicArn,
      Message: JSON.stringify({
        ...what,
        mail: { messageId: 'ses', destination: [emailAddress], tags: { ref: [tagOf(messageId)] } },
      }),
    }),
  );
}

const bounce = (messageId: string, emailAddress: string) =>
  feedback(messageId, emailAddress, {
    eventType: 'Bounce',
    bounce: { bounceType: 'Permanent', bounceSubType: 'General', bouncedRecipients: [{ emailAddress }] },
  });

const complain = (messageId: string, emailAddress: string) =>
  feedback(messageId, emailAddress, {
    eventType: 'Complaint',
    complaint: { complaintFeedbackType: 'abuse', complainedRecipients: [{ emailAddress }] },
  });

test('who complained of a mail is written to no more, and the timeline says why', async () => {
  const email = `tired-${Date.now()}@example.com`;
  const first = await confirmed(email);
  const { messageId } = await outcomeOf(first, 'SENT');
  await complain(String(messageId), email);
  expect(await outcomeOf(first, 'COMPLAINED')).toMatchObject({ reason: 'abuse' });
  const second = await confirmed(email);
  expect(await outcomeOf(second, 'SUPPRESSED')).toMatchObject({ reason: 'ADDRESS_SUPPRESSED' });
  expect(await outbox(second)).toEqual([]);
});

test('an address that a mail came back from is told on the timeline and not written to again', async () => {
  const email = `gone-${Date.now()}@example.com`;
  const first = await confirmed(email);
  const { messageId } = await outcomeOf(first, 'SENT');
  await bounce(String(messageId), email);
  expect(await outcomeOf(first, 'BOUNCED')).toMatchObject({ reason: 'Permanent.General' });
  const second = await confirmed(email.toUpperCase().replace('EXAMPLE.COM', 'example.com'));
  expect(await outcomeOf(second, 'SUPPRESSED')).toMatchObject({ reason: 'ADDRESS_SUPPRESSED' });
  expect(await outbox(second)).toEqual([]);
});
