import { MAX_AMOUNT, type Money, sum, times } from '../../../shared/kernel/money';
import { type Refusal, refuse, type Violation } from '../../../shared/kernel/refusal';
import type { OrderLine } from './order';

export interface WantedLine {
  productId: string;
  quantity: number;
}

/** One entry of orders' own price list. */
export interface Price {
  productId: string;
  name: string;
  price: Money;
  status: 'active' | 'retired';
  version: number;
}

export const MAX_LINES = 30;
export const MAX_QUANTITY = 999;

/** Equal products become one line; then 30 lines of 1 to 999. */
export function mergeLines(items: readonly WantedLine[]): WantedLine[] | Refusal {
  const merged = new Map<string, number>();
  const errors: Violation[] = [];
  items.forEach(({ productId, quantity }, index) => {
    const total = (merged.get(productId) ?? 0) + quantity;
    merged.set(productId, total);
    if (total > MAX_QUANTITY) {
      errors.push({
        pointer: `/items/${index}/quantity`,
        detail: `At most ${MAX_QUANTITY} of one product in an order`,
      });
    }
  });
  if (merged.size > MAX_LINES)
    errors.push({ pointer: '/items', detail: `At most ${MAX_LINES} different products in an order` });
  if (errors.length > 0)
    return refuse('VALIDATION_FAILED', 'The order is larger than an order may be.', { errors });
  return [...merged].map(([productId, quantity]) => ({ productId, quantity }));
}

export interface Quote {
  items: OrderLine[];
  total: Money;
}

/** Prices the lines by the list, or says of each line why it cannot be ordered. */
export function quote(
  lines: readonly WantedLine[],
  prices: ReadonlyMap<string, Price>,
  asSent: readonly WantedLine[],
): Quote | Refusal {
  const pointer = (productId: string) =>
    `/items/${asSent.findIndex((item) => item.productId === productId)}/productId`;
  const unknown = lines.filter(({ productId }) => !prices.has(productId));
  if (unknown.length > 0) {
    return refuse('PRODUCT_UNKNOWN', 'There is no such product.', {
      errors: unknown.map(({ productId }) => ({
        pointer: pointer(productId),
        detail: 'There is no such product',
      })),
    });
  }
  const retired = lines.filter(({ productId }) => prices.get(productId)?.status === 'retired');
  if (retired.length > 0) {
    return refuse('PRODUCT_UNAVAILABLE', 'A product is no longer sold.', {
      errors: retired.map(({ productId }) => ({ pointer: pointer(productId), detail: 'No longer sold' })),
    });
  }
  const items = lines.map(({ productId, quantity }): OrderLine => {
    const { name, price } = prices.get(productId) as Price;
    return { productId, name, quantity, unitPrice: price };
  });
  return total(items);
}

function total(items: OrderLine[]): Quote | Refusal {
  const [first] = items;
  if (items.some(({ unitPrice }) => unitPrice.currency !== first?.unitPrice.currency)) {
    return refuse('VALIDATION_FAILED', 'One order has one currency.', {
      errors: [{ pointer: '/items', detail: 'The products are sold in different currencies' }],
    });
  }
  const amount = sum(items.map(({ unitPrice, quantity }) => times(unitPrice, quantity)));
  if (amount.amount > MAX_AMOUNT) {
    return refuse('VALIDATION_FAILED', 'The order is larger than an order may be.', {
      errors: [{ pointer: '/items', detail: 'The total is too large' }],
    });
  }
  return { items, total: amount };
}
