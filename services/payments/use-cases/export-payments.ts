import type { PaymentFile, ReadsPaymentFiles } from '../ports/person';

/** What is kept of the payments of these orders. */
export const exportPayments = async (
  { files }: { files: ReadsPaymentFiles },
  orderIds: string[],
): Promise<{ payments: PaymentFile }> => ({
  payments: (await Promise.all(orderIds.map((id) => files.fileOf(id)))).flat(),
});
