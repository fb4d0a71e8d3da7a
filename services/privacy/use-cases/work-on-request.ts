import { type Clock, iso } from '../../../shared/kernel/time';
import { afterPage, afterStep, foldersOf, type PersonRequest, refused } from '../domain/person-request';
import type { ExportFiles, Keepers, OrdersPage } from '../ports/keepers';
import type { MovesRequests } from '../ports/person-requests';

export interface WorkingPorts {
  keepers: Keepers;
  files: ExportFiles;
  requests: MovesRequests;
  clock: Clock;
}

/** One step or one page, then the row as it is from now on: its change is what brings the next call. */
export async function workOnRequest(ports: WorkingPorts, request: PersonRequest): Promise<void> {
  const next = await (request.kind === 'EXPORT' ? tell : erase)(ports, request);
  await ports.requests.move(next, ports.clock());
}

async function tell(ports: WorkingPorts, request: PersonRequest): Promise<PersonRequest> {
  const at = iso(ports.clock());
  const { customerId } = request.person;
  if (request.step === 'ACCOUNT') {
    if (!customerId) return afterStep(request, {}, at);
    const file = fileOf(request, 'account.json');
    await ports.files.write(file, await ports.keepers.account(customerId));
    return afterStep(request, { files: [...request.files, file] }, at);
  }
  const page = await pageOf(ports, request, true);
  if (page.orderIds.length === 0) return afterPage(request, { before: page.next, done: {}, at });
  const file = fileOf(request, `orders-${nextNumber(request.files)}.json`);
  const payments = await ports.keepers.payments(page.orderIds);
  await ports.files.write(file, { orders: page.orders, payments });
  const done = { files: [...request.files, file], orders: request.orders + page.orderIds.length };
  return afterPage(request, { before: page.next, done, at });
}

/** By the last one's name, so a request under way goes on from whatever its files are called. */
const nextNumber = (files: readonly string[]): string =>
  String(Number(/\/orders-(\d+)\.json$/.exec(files.at(-1) ?? '')?.[1] ?? 0) + 1).padStart(4, '0');

const fileOf = ({ id, person }: PersonRequest, name: string): string =>
  [foldersOf(person)[0], id, name].join('/');

const NO_ORDERS: OrdersPage = { orderIds: [], open: [], orders: [] };

const pageOf = (
  { keepers }: WorkingPorts,
  { person, place }: PersonRequest,
  content: boolean,
): Promise<OrdersPage> => (place ? keepers.orders(person, place, content) : Promise.resolve(NO_ORDERS));

/** All orders are looked at before anything goes, and the account goes first, so that no order follows. */
async function erase(ports: WorkingPorts, request: PersonRequest): Promise<PersonRequest> {
  const at = iso(ports.clock());
  const { customerId } = request.person;
  switch (request.step) {
    case 'CHECK':
    case 'ORDERS':
      return eraseOrders(ports, request, at);
    case 'DEVICES':
      if (customerId) await ports.keepers.eraseDevices(customerId);
      return afterStep(request, {}, at);
    case 'ACCOUNT':
      if (customerId) await ports.keepers.eraseAccount(customerId);
      return afterStep(request, {}, at);
    default:
      await ports.files.eraseAll(foldersOf(request.person));
      return afterStep(request, {}, at);
  }
}

/** Payments first: an order that is erased is found by the hash of its address no more. */
async function eraseOrders(ports: WorkingPorts, request: PersonRequest, at: string): Promise<PersonRequest> {
  const check = request.step === 'CHECK';
  const { orderIds, open, next } = await pageOf(ports, request, false);
  if (orderIds.length === 0) return afterPage(request, { before: next, done: {}, at });
  const payments = await ports.keepers.erasePayments(orderIds, check || open.length > 0);
  const left = [...new Set([...open, ...payments.open])];
  if (left.length > 0) return refused(request, left, at);
  if (check) return afterPage(request, { before: next, done: {}, at });
  const erased = await ports.keepers.eraseOrders(orderIds);
  if (erased.open.length > 0) return refused(request, erased.open, at);
  const guestOrder = request.place?.by === 'emailHash' ? orderIds[0] : request.guestOrder;
  const done = { orders: request.orders + orderIds.length, guestOrder };
  return afterPage(request, { before: next, done, at });
}
