import { readFeedback, withoutAddresses } from '../../services/notifications/adapters/ses-feedback';
import { tagOf } from '../../services/notifications/domain/message';
import { MailUnknown, recordFeedback } from '../../services/notifications/use-cases/record-feedback';
import { MemoryResults } from './fakes';

const bounce = (bounceType: string, key = 'notificationType') =>
  JSON.stringify({
    [key]: 'Bounce',
    bounce: {
      bounceType,
      bounceSubType: 'General',
      bouncedRecipients: [{ emailAddress: 'Ada@example.com', status: '5.1.1' }],
    },
    mail: { messageId: 'ses-1', destination: ['Ada@example.com'], tags: { ref: [tagOf('evt_1#email')] } },
  });

function setUp(found = true) {
  const suppressed: string[] = [];
  const ports = {
    suppressions: { suppress: async (recipient: string) => void suppressed.push(recipient) },
    providerList: { suppress: async () => undefined },
    messages: {
      find: async (id: string) => (found ? { id, orderId: 'ord_1', kind: 'order-confirmed' } : undefined),
    },
    results: new MemoryResults(),
    redelivery: { last: false },
    clock: () => 0,
  };
  return { ports, suppressed };
}

test.each(['notificationType', 'eventType'])(
  'a permanent bounce by %s suppresses its address and is told',
  async (key) => {
    const { ports, suppressed } = setUp();
    const { message, correlationId } = readFeedback(bounce('Permanent', key));
    expect(await recordFeedback(ports, message, correlationId)).toBe('RECORDED');
    expect(suppressed).toEqual(['Ada@example.com']);
    expect(ports.results.told).toMatchObject([
      { messageId: 'evt_1#email', orderId: 'ord_1', outcome: 'BOUNCED', reason: 'Permanent.General' },
    ]);
  },
);

test('a full mailbox is told and not suppressed', async () => {
  const { ports, suppressed } = setUp();
  await recordFeedback(ports, readFeedback(bounce('Transient')).message, 'cor_1');
  expect(suppressed).toEqual([]);
  expect(ports.results.told).toMatchObject([{ outcome: 'BOUNCED', reason: 'Transient.General' }]);
});

test('a complaint suppresses', async () => {
  const { ports, suppressed } = setUp();
  const { message } = readFeedback(
    JSON.stringify({
      eventType: 'Complaint',
      complaint: {
        complaintFeedbackType: 'abuse',
        complainedRecipients: [{ emailAddress: 'ada@example.com' }],
      },
      mail: { messageId: 'ses-1', tags: { ref: [tagOf('evt_1#email')] } },
    }),
  );
  await recordFeedback(ports, message, 'cor_1');
  expect(suppressed).toEqual(['ada@example.com']);
  expect(ports.results.told).toMatchObject([{ outcome: 'COMPLAINED', reason: 'abuse' }]);
});

test('a bounce that comes before the mark of its mail comes again; at last it is none of an order', async () => {
  const { ports, suppressed } = setUp(false);
  const { message } = readFeedback(bounce('Permanent'));
  await expect(recordFeedback(ports, message, 'cor_1')).rejects.toBeInstanceOf(MailUnknown);
  ports.redelivery.last = true;
  expect(await recordFeedback(ports, message, 'cor_1')).toBe('NOT_OF_AN_ORDER');
  expect(suppressed).toHaveLength(2);
});

test.each(['{}', 'not JSON', '{"mail":{"messageId":"x"}}'])('%s is no notification', (body) => {
  expect(() => readFeedback(body)).toThrow();
});

test('what is parked names nobody, and a redrive of it still suppresses', async () => {
  const clean = await withoutAddresses(bounce('Permanent'), async () => 'abc_-9');
  expect(clean).not.toMatch(/ada/i);
  expect(readFeedback(clean).message.recipients).toEqual(['hmac:abc_-9']);
});

test('a mail that carried no id of ours suppresses all the same, and is told to no order', async () => {
  const { ports, suppressed } = setUp();
  const untagged = JSON.parse(bounce('Permanent'));
  delete untagged.mail.tags;
  expect(await recordFeedback(ports, readFeedback(JSON.stringify(untagged)).message, 'cor_1')).toBe(
    'NOT_OF_AN_ORDER',
  );
  expect(suppressed).toEqual(['Ada@example.com']);
  expect(ports.results.told).toEqual([]);
});
