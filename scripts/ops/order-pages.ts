import type { Query } from './order-query';
import type { StaffApi } from './staff-api';

/** Where progress is told: nobody looks at what is no terminal. */
interface Screen {
  isTTY?: boolean;
  write(text: string): unknown;
}

/** Follows the pages until there are enough: one may be empty and still have a next. */
export async function search(
  api: StaffApi,
  query: Query,
  limit: number,
  screen: Screen = process.stderr,
): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  let cursor: string | undefined;
  let dots = '';
  do {
    const page = await api.call('POST /staff/orders/search', { ...query, limit: 100, cursor });
    rows.push(...page.items);
    cursor = page.nextCursor;
    if (!screen.isTTY || !cursor) continue;
    screen.write('.');
    dots += '.';
  } while (cursor && rows.length < limit);
  if (dots) screen.write('\n');
  return rows.slice(0, limit);
}

export interface Item {
  at: string;
  kind: string;
  correlationId?: string;
  [name: string]: unknown;
}

export async function timeline(api: StaffApi, order: string): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.call(
      `GET /staff/orders/${order}/timeline?limit=100${cursor ? `&cursor=${cursor}` : ''}`,
    );
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return items;
}
