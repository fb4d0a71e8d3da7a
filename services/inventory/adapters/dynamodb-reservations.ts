import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DocumentClient } from '../../../shared/aws/dynamodb';
import { transact, type Write } from '../../../shared/aws/transaction';
import { bucketOf } from '../../../shared/kernel/ids';
import type { Reservation } from '../domain/reservation';
import type { CommitHeld, Move, Reservations, Saved } from '../ports/reservations';
import { stockWrite } from './stock-writes';

type PutWrite = NonNullable<Write['Put']>;

/** Parts of the sparse index of holds, so that its writes spread. */
const HOLDS = 16;

const holdOf = (part: number): string => `held#${part}`;

/** The row is the reservation and, only while it is held, its place in the index. */
const toRow = (reservation: Reservation): Record<string, unknown> =>
  reservation.state === 'HELD'
    ? { ...reservation, hold: holdOf(bucketOf(reservation.orderId, HOLDS)) }
    : { ...reservation };

function fromRow(row: Record<string, unknown> | undefined): Reservation | undefined {
  if (!row) return undefined;
  const { hold: _, ...reservation } = row;
  return reservation as unknown as Reservation;
}

export class DynamoDbReservations implements Reservations {
  constructor(
    private readonly client: DocumentClient,
    private readonly tables: { reservations: string; stock: string },
  ) {}

  async find(orderId: string): Promise<Reservation | undefined> {
    const { Item } = await this.client.send(
      new GetCommand({ TableName: this.tables.reservations, Key: { orderId }, ConsistentRead: true }),
    );
    return fromRow(Item);
  }

  async save({ from, to, stock }: Move): Promise<Saved> {
    const put = this.put(from, to);
    if (stock.length === 0) return this.alone(new PutCommand(put));
    const result = await transact(this.client, [
      { Put: put },
      ...stock.map((change) => stockWrite(this.tables.stock, change)),
    ]);
    if (result.committed) return { saved: true };
    const standing = result.hindrances.find(({ index }) => index === 0);
    // The row is asked first: its condition fails with the stock's when this very move was made already.
    return standing
      ? { saved: false, found: fromRow(standing.row), short: false }
      : { saved: false, found: from, short: true };
  }

  async commitHeld({ orderId, attempt, step }: CommitHeld): Promise<Saved> {
    return this.alone(
      new UpdateCommand({
        TableName: this.tables.reservations,
        Key: { orderId },
        UpdateExpression:
          'SET #state = :committed, #attempt = :attempt, #step = :step, #version = #version + :one REMOVE #hold',
        ConditionExpression: '#state = :held AND #attempt <= :attempt',
        ExpressionAttributeNames: {
          '#state': 'state',
          '#attempt': 'attempt',
          '#step': 'step',
          '#version': 'version',
          '#hold': 'hold',
        },
        ExpressionAttributeValues: {
          ':committed': 'COMMITTED',
          ':held': 'HELD',
          ':attempt': attempt,
          ':step': step,
          ':one': 1,
        },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
  }

  async expired(now: string, limit: number): Promise<string[]> {
    const parts = await Promise.all(
      Array.from({ length: HOLDS }, (_, part) =>
        this.client.send(
          new QueryCommand({
            TableName: this.tables.reservations,
            IndexName: 'byHold',
            KeyConditionExpression: '#hold = :hold AND #expiresAt < :now',
            ExpressionAttributeNames: { '#hold': 'hold', '#expiresAt': 'expiresAt' },
            ExpressionAttributeValues: { ':hold': holdOf(part), ':now': now },
            Limit: limit,
          }),
        ),
      ),
    );
    return parts.flatMap(({ Items = [] }) => Items.map(({ orderId }) => String(orderId)));
  }

  private put(from: Reservation | undefined, to: Reservation): PutWrite {
    const condition: Partial<PutWrite> = from
      ? {
          ConditionExpression: '#version = :seen',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':seen': from.version },
        }
      : {
          ConditionExpression: 'attribute_not_exists(#orderId)',
          ExpressionAttributeNames: { '#orderId': 'orderId' },
        };
    return {
      TableName: this.tables.reservations,
      Item: toRow(to),
      ...condition,
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    };
  }

  /** One write of the row alone costs half of a transaction of one. */
  private async alone(command: PutCommand | UpdateCommand): Promise<Saved> {
    try {
      await this.client.send(command as PutCommand);
      return { saved: true };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const found = error.Item ? fromRow(unmarshall(error.Item)) : undefined;
      return { saved: false, found, short: false };
    }
  }
}
