import { GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { api } from '../support/api';
import { awsClient } from '../support/aws-client';
import { logLinesSince } from '../support/logs';
import { placeOrder, settled } from '../support/order';
import { mailAbout } from '../support/outbox';
import { productOnSale } from '../support/product-on-sale';
import { tokenOf } from '../support/sign-in';

test('no log line and no event of an order carries a name, an address, an e-mail or a payment token', async () => {
  const start = Date.now();
  const marker = `marked${start.toString(36)}`;
  const placed = await placeOrder({
    items: [{ productId: await productOnSale(3), quantity: 1 }],
    payment: `tok_${marker}`, // unknown to the provider, so it is declined
    more: {
      contact: { email: `${marker}@example.com`, phone: '+44 20 7946 0018' },
      shippingAddress: {
        name: `Ada ${marker}`,
        line1: `1 ${marker} Street`,
        city: marker,
        postalCode: 'X1',
        country: 'GB',
      },
    },
  });
  expect(await settled(placed.body.id)).toMatchObject({
    status: 'REJECTED',
    rejectionReason: 'PAYMENT_DECLINED',
  });
  expect((await mailAbout(placed.body.id)).BodyText).toContain(marker);
  const lines = Object.entries(await logLinesSince(start)).flatMap(([key, all]) =>
    all.map((line) => `${key}: ${line}`),
  );
  expect(lines.some((line) => line.includes(placed.body.id))).toBe(true);
  expect(lines.filter((line) => line.includes(marker))).toEqual([]);
  const history = await api(`GET /orders/${placed.body.id}/history`, { token: await tokenOf('customer') });
  expect(history.text).not.toContain(marker);
  const sqs = await awsClient(SQSClient);
  for (const QueueName of ['orderly-local-email-dlq', 'orderly-local-order-stream-dlq']) {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: 0,
        MessageAttributeNames: ['All'],
      }),
    );
    expect(JSON.stringify(Messages ?? [])).not.toContain(marker);
  }
});
