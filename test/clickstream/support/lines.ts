import type { ClickLine } from '../../../services/clickstream/domain/click';
import { clickKey } from '../../../services/clickstream/domain/click-key';
import type { ArrivedRecord } from '../../../services/clickstream/ports/clicks';

export const NOON = Date.parse('2030-01-01T12:00:00.000Z');

/** A view of a page, by its id. */
export const view = (id: string, over: Partial<ClickLine> = {}): ClickLine => ({
  key: clickKey('ses_1', id),
  kind: 'view',
  at: '2030-01-01T12:00:03.000Z',
  receivedAt: '2030-01-01T12:00:04.000Z',
  correlationId: 'cor_1',
  id,
  sessionId: 'ses_1',
  page: '/a',
  device: 'mobile',
  ...over,
});

export interface Parked {
  sequence: string;
  reason: string;
}

export const arrived = (
  sequence: number,
  row: readonly ClickLine[] | undefined,
  parked: Parked[] = [],
  arrivedAt = NOON + sequence * 10,
): ArrivedRecord => ({
  sequence: String(sequence),
  arrivedAt,
  row,
  fault: row ? undefined : 'not one of ours',
  park: async (reason) => void parked.push({ sequence: String(sequence), reason }),
});
