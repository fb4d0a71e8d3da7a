import type { Money } from '../../../shared/kernel/money';

/** What each of the three books says of an order. */
export interface BookedOrder {
  id: string;
  status: string;
  owed: boolean;
  /** For staff or the customer to decide; no step is missing. */
  waiting: boolean;
  version: number;
  items: { productId: string; quantity: number }[];
  createdAt: string;
  updatedAt: string;
}

export interface BookedPayment {
  orderId: string;
  state: string;
  chargeId?: string;
  captured: number;
  refundable: number;
  refunded: number;
  disputed: number;
  chargedBack: number;
}

export interface BookedStock {
  orderId: string;
  state: string;
  lines: { productId: string; quantity: number }[];
}

/** A charge as the provider has it. */
export interface ProviderCharge {
  id: string;
  reference: string;
  status: string;
  money: Money;
  refunded: number;
  createdAt: string;
}

export interface Books {
  order: BookedOrder;
  payment?: BookedPayment;
  stock?: BookedStock;
  /** Undefined where the provider was not asked. */
  charges?: ProviderCharge[];
}

export type Disagreement =
  /** The provider has a charge for an order that is not there. */
  | 'CHARGE_WITHOUT_ORDER'
  /** The provider holds money that our payment does not know of, beside the one it does, or alone. */
  | 'CHARGED_TWICE'
  | 'CHARGE_UNKNOWN'
  /** It could not be asked about this order, so nothing is known but our own rows. */
  | 'PROVIDER_SILENT'
  /** Sold, and not paid: by our payment, or by the provider. */
  | 'MONEY_MISSING'
  /** Ended without effect, and money is still there. */
  | 'MONEY_KEPT'
  | 'MONEY_DIFFERS'
  | 'STOCK_MISSING'
  | 'STOCK_KEPT'
  | 'STOCK_DIFFERS'
  /** Paid, and the saga did not go on. */
  | 'PAID_AND_OPEN';

const SOLD = ['CONFIRMED', 'SHIPPED', 'DELIVERED'];
const ENDED = ['REJECTED', 'CANCELLED'];
const TAKEN = ['succeeded', 'partially_refunded', 'refunded'];

const isSold = ({ status, owed }: BookedOrder): boolean => SOLD.includes(status) && !owed;
const isEnded = ({ status, owed }: BookedOrder): boolean => ENDED.includes(status) && !owed;

/** Still in the shop's hands, or about to be. */
const holdsMoney = ({ status, money, refunded }: ProviderCharge): boolean =>
  status === 'authorized' || (TAKEN.includes(status) && money.amount > refunded);

/** Taken off `refundable` and not settled: at the provider it may have happened or not. */
const onTheWay = ({ captured, refundable, refunded, disputed, chargedBack }: BookedPayment): number =>
  Math.max(captured - refundable - refunded - disputed - chargedBack, 0);

const keeps = (payment: BookedPayment | undefined): boolean => {
  if (!payment) return false;
  const { state, captured, refunded, disputed, chargedBack } = payment;
  if (state === 'CAPTURED')
    return captured - refunded - onTheWay(payment) > 0 && disputed + chargedBack === 0;
  return ['PENDING', 'REQUIRES_ACTION', 'AUTHORIZED', 'ABANDONING'].includes(state);
};

const unitsOf = (lines: readonly { productId: string; quantity: number }[]): string =>
  JSON.stringify(lines.map(({ productId, quantity }) => `${productId} ${quantity}`).sort());

function ofCharges({ order, payment, charges = [] }: Books): Disagreement[] {
  const strange = charges.filter((charge) => holdsMoney(charge) && charge.id !== payment?.chargeId);
  if (strange.length > 0) return [payment?.chargeId ? 'CHARGED_TWICE' : 'CHARGE_UNKNOWN'];
  const own = charges.find(({ id }) => id === payment?.chargeId);
  if (!payment || !own || isEnded(order)) return [];
  if (payment.state !== 'CAPTURED' || !TAKEN.includes(own.status)) return [];
  const most = payment.captured - payment.refunded;
  const there = own.money.amount - own.refunded;
  return there > most || there < most - onTheWay(payment) ? ['MONEY_DIFFERS'] : [];
}

function ofSoldMoney({ payment, charges }: Books): Disagreement[] {
  const paid = payment && ['CAPTURED', 'AUTHORIZED'].includes(payment.state);
  const known = charges?.some(
    ({ id, status }) => id === payment?.chargeId && (status === 'authorized' || TAKEN.includes(status)),
  );
  return paid && known !== false ? [] : ['MONEY_MISSING'];
}

function ofEndedMoney({ payment, charges }: Books): Disagreement[] {
  if (keeps(payment)) return ['MONEY_KEPT'];
  if (!payment || payment.disputed + payment.chargedBack + onTheWay(payment) > 0) return [];
  const there = charges?.some((charge) => charge.id === payment.chargeId && holdsMoney(charge));
  return there ? ['MONEY_KEPT'] : [];
}

function ofMoney(books: Books): Disagreement[] {
  const { order, payment } = books;
  if (isSold(order)) return ofSoldMoney(books);
  if (isEnded(order)) return ofEndedMoney(books);
  return order.owed && !order.waiting && payment?.state === 'CAPTURED' ? ['PAID_AND_OPEN'] : [];
}

function ofStock({ order, stock }: Books): Disagreement[] {
  if (isEnded(order)) return stock && ['HELD', 'COMMITTED'].includes(stock.state) ? ['STOCK_KEPT'] : [];
  if (!isSold(order)) return [];
  if (stock?.state !== 'COMMITTED') return ['STOCK_MISSING'];
  return unitsOf(stock.lines) === unitsOf(order.items) ? [] : ['STOCK_DIFFERS'];
}

/** Where the books of an order do not agree. What an open order lacks is its saga's to bring. */
export const compare = (books: Books): Disagreement[] => [
  ...ofCharges(books),
  ...ofMoney(books),
  ...ofStock(books),
];

/** True where the next attempt can settle it: the order is open, or ended while our own rows still hold something. */
export function mends({ order, payment, stock }: Books): boolean {
  if (order.owed) return !order.waiting;
  return isEnded(order) && (keeps(payment) || ['HELD', 'COMMITTED'].includes(stock?.state ?? ''));
}
