import { logger } from '../../shared/lambda/logger';
import { catchLog } from './support/log';

const log = catchLog();
beforeEach(() => log.clear());

test('a line is one JSON object with level, time and message', () => {
  logger.info({ orderId: 'ord_1' }, 'done');
  expect(log.lines).toEqual([
    expect.objectContaining({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      message: 'done',
      orderId: 'ord_1',
    }),
  ]);
});

const PRIVATE = {
  email: 'ada@example.com',
  phone: '+44 20 7946 0000',
  recipient: 'ada@example.com',
  address: 'Mill Lane 1',
  card: '4111111111111111',
  token: 'tok_secret',
  paymentToken: 'tok_secret',
  password: 'hunter22',
  authorization: 'Bearer abc',
  apiKey: 'sk_live_1',
  secret: 'whsec_1',
};

test.each(Object.entries(PRIVATE))('%s is redacted wherever a log call nests it', (key, value) => {
  logger.info({ [key]: value }, 'flat');
  logger.info({ order: { [key]: value } }, 'nested');
  logger.info({ body: { order: { [key]: value } } }, 'deeper');
  logger.info({ body: { order: { contact: { [key]: value } } } }, 'deepest');
  logger.child({ [key]: value }).info('child');
  expect(log.text()).not.toContain(value);
  expect(log.lines).toHaveLength(5);
});

test('an address is redacted whole', () => {
  const shippingAddress = { name: 'Ada', line1: 'Mill Lane 1', city: 'Ockham' };
  logger.info({ body: { shippingAddress } }, 'order');
  expect(log.text()).not.toMatch(/Ada|Mill|Ockham/);
});

test('an e-mail address is redacted in words too, such as those of an error', () => {
  const cause = new Error('550 mailbox of ada.lovelace+1@mail.example.com is full');
  logger.error({ err: new Error('Could not write to ada@example.com', { cause }) }, 'to ada@example.com');
  expect(log.text()).not.toMatch(/ada|lovelace/);
  expect(log.lines[0]).toMatchObject({ message: 'to [redacted]' });
});

test('an error keeps its name: it is what an operator searches for', () => {
  class A extends Error {
    override name = 'ThrottlingException';
  }
  const sdkError = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
  logger.error({ err: new A('slow down') }, 'failed');
  logger.error({ err: sdkError }, 'failed');
  expect(log.lines.map(({ err }) => err.name)).toEqual(['ThrottlingException', 'ThrottlingException']);
});
