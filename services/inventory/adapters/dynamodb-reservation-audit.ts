import type { DocumentClient } from '../../../shared/aws/dynamodb';
import type { Reservation } from '../domain/reservation';
import type { AuditsReservations } from '../ports/reservations';
import { batchGet } from './batch-get';

export class DynamodbReservationAudit implements AuditsReservations {
  constructor(
    private readonly client: DocumentClient,
    private readonly table: string,
  ) {}

  async these(orderIds: readonly string[]): Promise<Reservation[]> {
    const keys = [...new Set(orderIds)].map((orderId) => ({ orderId }));
    const rows = await batchGet(this.client, this.table, keys, { consistent: true });
    return rows as unknown as Reservation[];
  }
}
