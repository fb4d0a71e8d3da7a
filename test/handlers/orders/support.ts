import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { Refused, startWire, type Wire } from '../inventory/wire';

export const ENVIRONMENT = {
  SERVICE_NAME: 'orders',
  LOG_LEVEL: 'info',
  ORDERS_TABLE: 'orders',
  ORDER_EVENTS_TABLE: 'order-events',
  IDEMPOTENCY_TABLE: 'idempotency',
  PRICES_TABLE: 'prices',
  ORDERS_PER_MINUTE: '40',
  REVIEW_ABOVE: '200000',
  REVIEW_SCORE: '60',
  AUDIT_LOG_TABLE: 'audit-log',
  ORDER_MESSAGES_TABLE: 'order-messages',
  DEAD_LETTER_QUEUE: 'dlq',
  TOPIC_ARN: 'arn:aws:sns:eu-west-1:000000000000:orders',
  EVENT_BUS: 'bus',
  STATE_MACHINE_ARN: 'arn:aws:states:eu-west-1:000000000000:stateMachine:order-saga',
  RETURN_MACHINE_ARN: 'arn:aws:states:eu-west-1:000000000000:stateMachine:return-order',
  FULFILMENT_TABLE: 'order-fulfilment',
  RETURN_WINDOW_DAYS: '30',
  USER_POOL_ID: 'eu-west-1_pool',
  EMAIL_INDEX_SECRET: 'email-index',
  LINK_KEYS_SECRET: 'guest-links',
  PUBLIC_CALLS_PER_SECOND: '1000',
  GUEST_ORDER_URL: 'https://shop.example.com/guest/orders',
};

export type HttpHandler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

export const startOrdersWire = (): Promise<Wire> => startWire(ENVIRONMENT);

export const KEY = 'key-0123456789abcdef';
const JSON_HEADERS = { 'content-type': 'application/json', 'idempotency-key': KEY };

interface Given {
  body?: unknown;
  headers?: Record<string, string | undefined>;
  path?: Record<string, string>;
  query?: Record<string, string>;
  caller?: string;
  /** As the gateway hands a list claim on: `[staff]`. */
  groups?: string;
}

/** A request as the HTTP API hands it on; a header given as undefined is left out. */
export function request({
  body,
  headers,
  path,
  query,
  caller = 'ada',
  groups,
}: Given = {}): APIGatewayProxyEventV2 {
  const all = Object.entries({ ...(body === undefined ? {} : JSON_HEADERS), ...headers });
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: '/',
    rawQueryString: '',
    headers: Object.fromEntries(all.filter(([, value]) => value !== undefined)),
    pathParameters: path,
    queryStringParameters: query,
    body: typeof body === 'string' || body === undefined ? body : JSON.stringify(body),
    isBase64Encoded: false,
    requestContext: {
      authorizer: { jwt: { claims: { sub: caller, 'cognito:groups': groups }, scopes: [] } },
    },
  } as unknown as APIGatewayProxyEventV2;
}

export const order = (over: object = {}) => ({
  items: [{ productId: 'mug', quantity: 2 }],
  payment: { token: 'tok_visa' },
  ...over,
});

export const bodyOf = (result: APIGatewayProxyStructuredResultV2) => JSON.parse(result.body ?? '');

/** The price list on the wire: a mug and a retired cup. */
export const pricesOnTheWire = () => ({
  Responses: {
    prices: [priceRow('mug', 'active'), priceRow('cup', 'retired')],
  },
});

const priceRow = (productId: string, status: string) => ({
  productId: { S: productId },
  name: { S: 'Enamel Mug' },
  price: { M: { amount: { N: '1450' }, currency: { S: 'EUR' } } },
  status: { S: status },
  version: { N: '1' },
});

export const conditionFailed = (...reasons: ({ Code: string; Item?: unknown } | undefined)[]) =>
  new Refused({
    __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
    message: 'cancelled',
    CancellationReasons: reasons.map((reason) => reason ?? { Code: 'None' }),
  });
