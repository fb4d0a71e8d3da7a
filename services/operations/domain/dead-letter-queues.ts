/**
 * Where a dead letter goes to be tried again: the queue it was given up on, the functions that could not take it, or the
 * end of its stream, where the reader keeps a checkpoint and would pass over a record that lies before it.
 */
export type Target = { queue: string } | { functions: readonly string[] } | { stream: string };

/**
 * Every dead-letter queue of the stack, by its name without service and stage. A table's consumers and a schedule's function
 * are invoked with what was parked, which is what they would have been invoked with.
 */
export const DEAD_LETTER_QUEUES: Readonly<Record<string, Target>> = {
  'order-stream-dlq': { functions: ['publishOrderEvents', 'startOrderSaga'] },
  'price-list-dlq': { queue: 'price-list' },
  'message-results-dlq': { queue: 'message-results' },
  'payment-events-dlq': { queue: 'payment-events' },
  'reconcile-dlq': { functions: ['reconcileOrders'] },
  'product-stream-dlq': { functions: ['publishProductEvents'] },
  'sweep-dlq': { functions: ['sweepHolds'] },
  'payment-stream-dlq': { functions: ['publishPaymentEvents'] },
  'refunds-dlq': { queue: 'refunds' },
  'payment-notices-dlq': { queue: 'payment-notices' },
  'payment-shipments-dlq': { queue: 'payment-shipments' },
  'payment-shipments-subscription-dlq': { queue: 'payment-shipments' },
  'renew-dlq': { functions: ['renewAuthorizations'] },
  'sandbox-webhooks-dlq': { queue: 'sandbox-webhooks' },
  'sandbox-stream-dlq': { functions: ['queueWebhooks'] },
  'email-dlq': { queue: 'email' },
  'email-subscription-dlq': { queue: 'email' },
  'sms-dlq': { queue: 'sms' },
  'sms-subscription-dlq': { queue: 'sms' },
  'push-dlq': { queue: 'push' },
  'push-subscription-dlq': { queue: 'push' },
  'email-feedback-dlq': { queue: 'email-feedback' },
  'email-feedback-subscription-dlq': { queue: 'email-feedback' },
  'webhook-events-dlq': { queue: 'webhook-events' },
  'webhook-events-subscription-dlq': { queue: 'webhook-events' },
  'webhooks-dlq': { queue: 'webhooks' },
  'live-dlq': { queue: 'live' },
  'live-subscription-dlq': { queue: 'live' },
  'image-uploads-dlq': { queue: 'image-uploads' },
  'image-stream-dlq': { functions: ['publishImageEvents'] },
  'product-images-dlq': { queue: 'product-images' },
  'stock-stream-dlq': { functions: ['watchStock'] },
  'click-stream-dlq': { stream: 'clicks' },
  'click-spikes-dlq': { functions: ['detectClickSpikes'] },
  'reconcile-books-dlq': { functions: ['reconcileBooks'] },
  'clean-up-dlq': { functions: ['cleanUp'] },
  'daily-report-dlq': { functions: ['makeDailyReport'] },
  'back-up-users-dlq': { functions: ['backUpUsers'] },
  'warm-up-dlq': { functions: ['warmUp'] },
  'person-stream-dlq': { functions: ['workPersonRequest'] },
};

export const targetOf = (queue: string): Target | undefined =>
  Object.hasOwn(DEAD_LETTER_QUEUES, queue) ? DEAD_LETTER_QUEUES[queue] : undefined;

/** What a function is invoked with for a dead letter; undefined for one that names records without having them. */
export function eventOf(body: string): unknown {
  const parsed = parse(body);
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  // A batch that a mapping gave up: it says where in the stream the records were, and the stream keeps them 24 hours.
  if ('DDBStreamBatchInfo' in parsed || 'KinesisBatchInfo' in parsed) return undefined;
  return 'eventSource' in parsed ? { Records: [parsed] } : parsed;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
