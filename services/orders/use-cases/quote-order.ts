import { isRefusal, type Refusal } from '../../../shared/kernel/refusal';
import { mergeLines, type Quote, quote, type WantedLine } from '../domain/pricing';
import type { PriceList } from '../ports/price-list';

/** What these lines cost now. */
export async function quoteOrder(
  { prices }: { prices: PriceList },
  items: readonly WantedLine[],
): Promise<Quote | Refusal> {
  const lines = mergeLines(items);
  if (isRefusal(lines)) return lines;
  return quote(lines, await prices.find(lines.map(({ productId }) => productId)), items);
}
