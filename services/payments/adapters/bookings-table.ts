import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { auditWrite } from '../../../shared/aws/audit-log';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import { type IdempotencyTable, replay } from '../../../shared/aws/idempotency-table';
import { transact, type Write } from '../../../shared/aws/transaction';
import type { Payment } from '../domain/payment';
import type { Refund } from '../domain/refund';
import type { Booked, Booking, Bookings, Counter, Entry, StaffRequest } from '../ports/bookings';
import { toOutboxRow } from './outbox-row';
import { PAYMENT, paymentOf } from './payment-row';

interface Tables {
  payments: string;
  events: string;
  /** Only where staff book. */
  audit?: string;
}

const sortKey = (kind: Entry['kind'], id: string): string => `${kind}#${id}`;

/** Bookings in DynamoDB: payment, entry and event in one transaction, conditional on the payment as it was seen. */
export class BookingsTable implements Bookings {
  constructor(
    private readonly client: DocumentClient,
    private readonly tables: Tables,
    private readonly records?: IdempotencyTable,
  ) {}

  async payment(orderId: string): Promise<Payment | undefined> {
    const row = await this.row(orderId, PAYMENT);
    return row && paymentOf(row);
  }

  async entry(orderId: string, kind: Entry['kind'], id: string): Promise<Entry['facts'] | undefined> {
    return (await this.row(orderId, sortKey(kind, id))) as Entry['facts'] | undefined;
  }

  async refund(orderId: string, refundId: string): Promise<Refund | undefined> {
    const row = await this.row(orderId, sortKey('refund', refundId));
    return row && refundOf(row);
  }

  async refunds(orderId: string): Promise<Refund[]> {
    const { Items = [] } = await this.client.send(
      new QueryCommand({
        TableName: this.tables.payments,
        KeyConditionExpression: 'orderId = :order AND begins_with(sk, :refunds)',
        ExpressionAttributeValues: { ':order': orderId, ':refunds': 'refund#' },
        ConsistentRead: true,
      }),
    );
    return Items.map(refundOf).sort((a, b) => (a.takenAt < b.takenAt ? -1 : 1));
  }

  async book(booking: Booking, staff?: StaffRequest): Promise<Booked> {
    const { payment, entry, event } = booking;
    const record = staff && this.records?.record(staff.request, staff.reply, staff.now);
    const result = await transact(this.client, [
      ...(record ? [record] : []),
      this.onPayment(booking),
      this.onEntry(payment.orderId, entry),
      { Put: { TableName: this.tables.events, Item: toOutboxRow(event) } },
      ...(staff && this.tables.audit ? [this.audit(this.tables.audit, booking, staff)] : []),
    ]);
    if (result.committed) return { booked: true };
    const before = record && result.hindrances.find(({ index }) => index === 0)?.row;
    return { booked: false, answer: before && staff ? replay(before, staff.request) : undefined };
  }

  private onPayment({ payment, by, to }: Booking): Write {
    const changes = Object.entries(by) as [Counter, number][];
    const sets = changes.map(([name]) => `${name} = if_not_exists(${name}, :none) + :${name}`);
    const enough = changes.filter(([, change]) => change < 0).map(([name]) => `${name} >= :least_${name}`);
    const seen = payment.version === 0 ? 'attribute_not_exists(version)' : 'version = :before';
    return {
      Update: {
        TableName: this.tables.payments,
        Key: { orderId: payment.orderId, sk: PAYMENT },
        UpdateExpression: `SET ${['version = :version', '#state = :to', ...sets].join(', ')}${to ? ' REMOVE heldIn' : ''}`,
        ConditionExpression: ['#state = :seen', seen, ...enough].join(' AND '),
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: {
          ':version': payment.version + 1,
          ':to': to ?? payment.state,
          ':seen': payment.state,
          ...(payment.version > 0 && { ':before': payment.version }),
          ...(sets.length > 0 && { ':none': 0 }),
          ...Object.fromEntries(changes.map(([name, change]) => [`:${name}`, change])),
          ...Object.fromEntries(
            changes.filter(([, change]) => change < 0).map(([name, change]) => [`:least_${name}`, -change]),
          ),
        },
      },
    };
  }

  private onEntry(orderId: string, { kind, id, from, facts }: Entry): Write {
    return {
      Put: {
        TableName: this.tables.payments,
        Item: { orderId, sk: sortKey(kind, id), ...facts },
        ...(from
          ? {
              ConditionExpression: '#status = :from',
              ExpressionAttributeNames: { '#status': 'status' },
              ExpressionAttributeValues: { ':from': from },
            }
          : { ConditionExpression: 'attribute_not_exists(sk)' }),
      },
    };
  }

  private audit(table: string, { payment, entry, event }: Booking, { actor, now }: StaffRequest): Write {
    const { amount = 0, currency = '' } = entry.facts;
    return auditWrite(table, {
      actor,
      action: 'refund-order',
      target: payment.orderId,
      at: now,
      correlationId: event.correlationid,
      detail: { refundId: entry.id, amount, currency },
    });
  }

  private async row(orderId: string, sk: string): Promise<Record<string, unknown> | undefined> {
    const { Item } = await this.client.send(
      new GetCommand({ TableName: this.tables.payments, Key: { orderId, sk }, ConsistentRead: true }),
    );
    return Item;
  }
}

function refundOf(row: Record<string, unknown>): Refund {
  const { sk, amount, currency, ...rest } = row as unknown as Omit<Refund, 'id' | 'amount'> & {
    sk: string;
    amount: number;
    currency: string;
  };
  const { orderId, status, takenAt, settledAt, reason, replyKey } = rest;
  const id = sk.slice('refund#'.length);
  return { id, orderId, amount: { amount, currency }, status, takenAt, settledAt, reason, replyKey };
}
