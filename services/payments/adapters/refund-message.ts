import { readEvent } from '../../../events/envelope';
import { refundRequested } from '../../../events/payment-events';
import { eventMessage } from '../../../shared/lambda/queue';

/** What the queue of refunds carries. */
export const refundMessage = eventMessage((event) => readEvent([refundRequested], event));
