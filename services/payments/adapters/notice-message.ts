import { readEvent } from '../../../events/envelope';
import { paymentNotified } from '../../../events/payment-events';
import { eventMessage } from '../../../shared/lambda/queue';

/** What the queue of notices carries. */
export const noticeMessage = eventMessage((event) => readEvent([paymentNotified], event));
