import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import { bucketOf } from '../../../shared/kernel/ids';
import { iso } from '../../../shared/kernel/time';
import type { Payment, PaymentState, ProviderTrouble } from '../domain/payment';
import type { Opening, PaymentMove, Payments } from '../ports/payments';
import { AUTHORIZATION_BUCKETS, authorizationBucket, PAYMENT, paymentOf } from './payment-row';

const TAKE_ON = 'attribute_not_exists(attempt) OR attempt <= :attempt';

/** The row is where the caller saw it: in that state, under that attempt. */
export const AS_SEEN = '#state = :seen AND attempt = :attempt';

/** Out of the index once nothing can be captured or voided any more. */
const leaves = ({ authorizedUntil }: Payment, to: PaymentState): string =>
  authorizedUntil !== undefined && ['VOIDED', 'CAPTURED', 'DECLINED'].includes(to) ? ' REMOVE heldIn' : '';

type Update = Pick<
  UpdateCommandInput,
  'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeValues'
>;

/** Payments in DynamoDB, one row an order. Every method is one conditional UpdateItem. */
export class PaymentsTable implements Payments {
  constructor(
    private readonly client: DocumentClient,
    private readonly table: string,
  ) {}

  /** Makes the row and takes it on in one write, so that a first attempt and a tenth cost the same. */
  open({ orderId, attempt, money, at, captureOn }: Opening) {
    const later = captureOn === 'shipment' ? ', captureOn = if_not_exists(captureOn, :captureOn)' : '';
    return this.update(orderId, {
      UpdateExpression: `SET attempt = :attempt, #state = if_not_exists(#state, :pending), askedAt = if_not_exists(askedAt, :at),
        amount = if_not_exists(amount, :amount), currency = if_not_exists(currency, :currency)${later}`,
      ConditionExpression: TAKE_ON,
      ExpressionAttributeValues: {
        ':attempt': attempt,
        ':pending': 'PENDING',
        ':at': at,
        ':amount': money.amount,
        ':currency': money.currency,
        ...(later && { ':captureOn': captureOn }),
      },
    });
  }

  close({ orderId, attempt, at }: { orderId: string; attempt: number; at: number }) {
    return this.update(orderId, {
      UpdateExpression:
        'SET attempt = :attempt, #state = if_not_exists(#state, :voided), askedAt = if_not_exists(askedAt, :at)',
      ConditionExpression: TAKE_ON,
      ExpressionAttributeValues: { ':attempt': attempt, ':voided': 'VOIDED', ':at': at },
    });
  }

  move(payment: Payment, { to, by, at, ...known }: PaymentMove) {
    const found = authorizationBucket(bucketOf(payment.orderId, AUTHORIZATION_BUCKETS));
    const facts = Object.entries({
      ...known,
      heldIn: to === 'AUTHORIZED' ? found : undefined,
      captured: to === 'CAPTURED' ? payment.money.amount : undefined,
      refundable: to === 'CAPTURED' ? payment.money.amount : undefined,
    }).filter(([, value]) => value !== undefined);
    return this.update(payment.orderId, {
      UpdateExpression: `SET ${['#state = :to', 'moved = :moved', ...facts.map(([name]) => `${name} = :${name}`)].join(', ')}${leaves(payment, to)}`,
      ConditionExpression: AS_SEEN,
      ExpressionAttributeValues: {
        ':to': to,
        ':seen': payment.state,
        ':attempt': payment.attempt,
        ':moved': { by, at: iso(at) },
        ...Object.fromEntries(facts.map(([name, value]) => [`:${name}`, value])),
      },
    });
  }

  async note(payment: Payment, trouble: ProviderTrouble, at: number): Promise<void> {
    await this.update(payment.orderId, {
      UpdateExpression: 'SET trouble = :trouble',
      ConditionExpression: AS_SEEN,
      ExpressionAttributeValues: {
        ':trouble': { ...trouble, reason: trouble.reason.slice(0, 120), at: iso(at) },
        ':seen': payment.state,
        ':attempt': payment.attempt,
      },
    });
  }

  /** The order's payment. @throws Error when there is none. */
  async get(orderId: string): Promise<Payment> {
    const { Item } = await this.client.send(
      new GetCommand({ TableName: this.table, Key: { orderId, sk: PAYMENT }, ConsistentRead: true }),
    );
    if (!Item) throw new Error(`Order ${orderId} has no payment`);
    return paymentOf(Item);
  }

  /** What stood in the way is the answer, one's own write whose response was lost included. */
  private async update(orderId: string, change: Update): Promise<Payment> {
    try {
      const { Attributes } = await this.client.send(
        new UpdateCommand({
          TableName: this.table,
          Key: { orderId, sk: PAYMENT },
          ...change,
          ExpressionAttributeNames: { '#state': 'state' },
          ReturnValues: 'ALL_NEW',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return paymentOf(Attributes ?? {});
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return error.Item ? paymentOf(unmarshall(error.Item)) : this.get(orderId);
    }
  }
}
