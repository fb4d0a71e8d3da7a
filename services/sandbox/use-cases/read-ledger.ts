import { decodeCursor, encodeCursor } from '../../../shared/kernel/cursor';
import { isRefusal, type Refusal, refuse } from '../../../shared/kernel/refusal';
import type { Clock } from '../../../shared/kernel/time';
import { type ChargeView, chargeId, type Entry, view } from '../domain/entry';
import type { Ledger, Selection } from '../ports/ledger';

export interface LedgerQuery {
  reference?: string;
  since?: string;
  key?: string;
  cursor?: string;
  limit?: number;
}

export interface LedgerPage {
  items: ChargeView[];
  nextCursor?: string;
}

const PAGE = 100;
const POSITION = /^\d{4}-\d\d-\d\dT[\d:.]{12}Z#chg_[0-9A-F]{26}$/;

const wrong = (pointer: string, detail: string): Refusal =>
  refuse('VALIDATION_FAILED', detail, { errors: [{ pointer, detail }] });

const positionOf = ({ id, charge }: Entry): string => `${charge?.createdAt}#${id}`;

/** Milliseconds since the epoch, from them or from ISO 8601. */
const timeOf = (text: string): number => (/^\d+$/.test(text) ? Number(text) : Date.parse(text));

/** Charges by reference, by time or by key; exactly one of them says which. */
export async function readLedger(
  { ledger, clock }: { ledger: Ledger; clock: Clock },
  query: LedgerQuery,
): Promise<LedgerPage | Refusal> {
  const { reference, since, key } = query;
  if ([reference, since, key].filter((part) => part !== undefined).length !== 1) {
    return wrong('/query', 'Give one of reference, since and key.');
  }
  if (since !== undefined && Number.isNaN(timeOf(since)))
    return wrong('/query/since', 'There is no such time.');
  const now = clock();
  const filter = { reference, since };
  const selection = selectionOf(query, filter);
  if (isRefusal(selection)) return selection;
  const entries = await select(ledger, query, now, { ...selection, limit: selection.limit + 1 });
  const page = entries.slice(0, selection.limit);
  const last = entries.length > selection.limit ? page.at(-1) : undefined;
  return {
    items: page.flatMap(({ id, charge }) => (charge ? [view(id, charge, now)] : [])),
    nextCursor: last && encodeCursor(positionOf(last), filter),
  };
}

function selectionOf({ cursor, limit = PAGE }: LedgerQuery, filter: unknown): Selection | Refusal {
  if (cursor === undefined) return { limit };
  const after = decodeCursor(cursor, filter, POSITION);
  return after === undefined
    ? refuse('CURSOR_INVALID', 'This cursor does not belong to this list.')
    : { limit, after };
}

async function select(
  ledger: Ledger,
  { reference, since, key }: LedgerQuery,
  now: number,
  selection: Selection,
): Promise<Entry[]> {
  if (reference !== undefined) return ledger.ofReference(reference, selection);
  if (since !== undefined) return ledger.since(timeOf(since), now, selection);
  const found = await ledger.find(chargeId(key ?? ''));
  return found ? [found] : [];
}
