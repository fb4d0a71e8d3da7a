import { readEvent } from '../../../events/envelope';
import { orderShipped } from '../../../events/fulfilment-events';
import { eventMessage } from '../../../shared/lambda/queue';

/** What the queue of shipments carries. */
export const shipmentMessage = eventMessage((event) => readEvent([orderShipped], event));
