import type { ErasesRefundReasons } from '../ports/person';

interface ErasePayments {
  orderIds: string[];
  /** Only says what is open. */
  check: boolean;
}

/**
 * Payments are books and stay; what staff wrote about the person goes, and twice changes nothing. Orders with a refund
 * under way are named, and left as they are.
 */
export async function erasePayments(
  { refunds }: { refunds: ErasesRefundReasons },
  { orderIds, check }: ErasePayments,
): Promise<{ open: string[] }> {
  const under = await Promise.all(orderIds.map((id) => refunds.isOpen(id)));
  const open = orderIds.filter((_, index) => under[index]);
  if (open.length === 0 && !check) await Promise.all(orderIds.map((id) => refunds.eraseReasons(id)));
  return { open };
}
