import pino from 'pino';

export type Logger = pino.Logger;

/** Personal data and secrets, wherever a log call nests them; docs/rules.md, 11, keeps them out in the first place. */
const PRIVATE = [
  'email',
  'phone',
  'recipient',
  'address',
  'shippingAddress',
  'contact',
  'token',
  'paymentToken',
  'card',
  'password',
  'authorization',
  'apiKey',
  'secret',
];

/** Others' error messages repeat an address in words, where no path of ours leads. */
const EMAIL = /[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}.-]{1,253}\.\p{L}{2,}/gu;
const CENSOR = '[redacted]';

/** One JSON object a line on stdout, which Lambda hands to CloudWatch Logs as it is. */
export const logger: Logger = pino({
  level: process.env.LOG_LEVEL ?? 'info',
  base: {
    service: process.env.SERVICE_NAME,
    function: process.env.AWS_LAMBDA_FUNCTION_NAME,
    stage: process.env.STAGE,
  },
  messageKey: 'message',
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (level) => ({ level }) },
  redact: {
    paths: PRIVATE.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]),
    censor: CENSOR,
  },
  hooks: { streamWrite: (line) => (line.includes('@') ? line.replace(EMAIL, CENSOR) : line) },
});
