/** Names under which DynamoDB refuses a whole request for lack of room. */
const THROTTLING = [
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'TransactionInProgressException',
];

/** Names under which the AWS SDK reports throttling, contention and time-outs, all worth another try. */
const TRANSIENT = new Set([
  ...THROTTLING,
  'TooManyRequestsException',
  'TransactionConflictException',
  'InternalServerError',
  'ServiceUnavailable',
  'TimeoutError',
  'AbortError',
  'DeadlineExceeded',
]);

interface SdkError {
  name?: string;
  code?: string;
  $retryable?: unknown;
  $metadata?: { httpStatusCode?: number };
}

/** True when the whole request was refused, after the SDK's own tries with their pauses. */
export const isThrottling = (error: unknown): boolean => THROTTLING.includes((error as Error).name);

/** True for a fault of the moment, false for a fault of the program or of the message. */
export function isTransient(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { name, code, $retryable, $metadata } = error as SdkError;
  if (TRANSIENT.has(name ?? '') || $retryable !== undefined) return true;
  return (
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'].includes(code ?? '') ||
    ($metadata?.httpStatusCode ?? 0) >= 500
  );
}
