import type { DocumentClient } from '../../../shared/aws/dynamodb';
import { type IdempotencyTable, replay } from '../../../shared/aws/idempotency-table';
import { type Hindrance, transact, type Write } from '../../../shared/aws/transaction';
import type { Reply } from '../../../shared/kernel/idempotency';
import { type Refusal, refuse } from '../../../shared/kernel/refusal';
import { epochSeconds, MINUTE } from '../../../shared/kernel/time';
import type { AnswerTo, Change, PlacesOrders } from '../ports/orders';
import { DynamodbOrders } from './dynamodb-orders';

/** A caller's minute is counted in four rows, so that one customer's burst does not contend on one row. */
const SLOTS = 4;

/** Places an order: reply record first, so that a replay wins over every other reason to refuse. */
export class DynamodbNewOrders extends DynamodbOrders implements PlacesOrders {
  constructor(
    client: DocumentClient,
    private readonly names: { orders: string; events: string; idempotency: string },
    private readonly records: IdempotencyTable,
    private readonly perMinute: number,
  ) {
    super(client, names, records);
  }

  async place(change: Change, answerTo: AnswerTo, caller: string): Promise<Reply | Refusal> {
    const { request, reply, now } = answerTo;
    const record = this.records.record(request, reply, now);
    const first = Math.floor(Math.random() * SLOTS);
    for (let offset = 0; offset < SLOTS; offset += 1) {
      const slot = this.countIn((first + offset) % SLOTS, caller, now);
      const result = await transact(this.client, [record, slot, ...this.writesOf(change)]);
      if (result.committed) return reply;
      const answer = answeredBefore(result.hindrances, answerTo);
      if (answer) return answer;
      if (!result.hindrances.some(({ index }) => index === 1)) throw new Error('A new order id was taken');
    }
    const retryAfter = Math.ceil((MINUTE - (now % MINUTE)) / 1000);
    return refuse('RATE_LIMITED', `At most ${this.perMinute} orders a minute.`, { retryAfter });
  }

  private countIn(slot: number, caller: string, now: number): Write {
    const minute = Math.floor(now / MINUTE);
    return {
      Update: {
        TableName: this.names.idempotency,
        Key: { pk: `rate#${caller}#${minute}#${slot}` },
        UpdateExpression: 'SET #ttl = :ttl ADD used :one',
        ConditionExpression: 'attribute_not_exists(used) OR used < :share',
        ExpressionAttributeNames: { '#ttl': 'ttl' },
        ExpressionAttributeValues: {
          ':ttl': epochSeconds(now + 5 * MINUTE),
          ':one': 1,
          ':share': Math.ceil(this.perMinute / SLOTS),
        },
      },
    };
  }
}

function answeredBefore(hindrances: Hindrance[], { request, reply }: AnswerTo): Reply | Refusal | undefined {
  const row = hindrances.find(({ index }) => index === 0)?.row;
  if (!row) return undefined;
  const answer = replay(row, request);
  // The record names the order just made: the write took effect and only its answer was lost.
  const own = 'headers' in answer && answer.headers.location === reply.headers.location;
  return own ? reply : answer;
}
