import type { Order } from '../domain/order';
import { isOpen, type Whose } from '../domain/person';
import type { ListsOrdersOfPerson, OrderFile, ReadsOrderFiles } from '../ports/person';

export interface ReadPersonOrders {
  whose: Whose;
  before?: string;
  /** With all that is kept of each; else ids alone. */
  content: boolean;
}

export interface PersonOrders {
  orderIds: string[];
  /** Those that have not come to their end. */
  open: string[];
  orders: (Omit<Order, 'runBy' | 'paymentToken' | 'emailHash'> & OrderFile)[];
  /** Below which the next page begins. */
  next?: string;
}

/** Ten orders with 30 lines, their parcels and returns are far below the 6 MB of an answer. */
const PAGE = 10;

/** What is kept of a person's orders, page by page. */
export async function readPersonOrders(
  ports: { orders: ListsOrdersOfPerson; files: ReadsOrderFiles },
  { whose, before, content }: ReadPersonOrders,
): Promise<PersonOrders> {
  const { orders, last } = await ports.orders.listOf(whose, { limit: PAGE, before });
  return {
    orderIds: orders.map(({ id }) => id),
    open: orders.filter(isOpen).map(({ id }) => id),
    orders: content ? await Promise.all(orders.map((order) => withFile(ports.files, order))) : [],
    next: last,
  };
}

async function withFile(files: ReadsOrderFiles, order: Order) {
  const { runBy: _, paymentToken: __, emailHash: ___, ...told } = order;
  const { returns, ...file } = await files.fileOf(order.id);
  return { ...told, ...file, returns: returns.map(({ replyKeys: _keys, ...one }) => one) };
}
