/** Why an order could not go through, and what its customer can do now. */
interface RejectionWords {
  why: string;
  whatNow: string;
}

const WORDS: Record<string, RejectionWords> = {
  OUT_OF_STOCK: {
    why: 'Someone was quicker: we no longer have enough of what you chose.',
    whatNow: 'A smaller quantity may still be available, and you are welcome to order again.',
  },
  PRODUCT_UNAVAILABLE: {
    why: 'Something in this order is no longer for sale.',
    whatNow: 'You are welcome to order again without it.',
  },
  PAYMENT_DECLINED: {
    why: 'Your bank or card provider declined the payment.',
    whatNow: 'Please check with them, or order again with another way to pay.',
  },
  PAYMENT_FAILED: {
    why: 'The payment could not be completed.',
    whatNow: 'This usually passes. Please order again in a little while.',
  },
};

const OTHER: RejectionWords = {
  why: 'We were not able to accept this order.',
  whatNow: 'If you have a question about it, please reply to this mail.',
};

export const rejectionWords = (reason: string | undefined): RejectionWords => WORDS[reason ?? ''] ?? OTHER;

/** A rejected order costs nothing, but a charge made and taken back shows on a statement and is better said. */
export const moneyWords = (paymentStatus: string | undefined): string =>
  paymentStatus === 'REFUNDED'
    ? 'You pay nothing: nothing stays charged. The amount had already been taken and we have sent all of it back to you.'
    : 'You have not been charged. If your bank shows an amount as reserved, it will disappear by itself.';
