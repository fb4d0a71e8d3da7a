import { mustacheNotes as templates } from '../../services/notifications/adapters/mustache-notes';
import { e164 } from '../../services/notifications/domain/phone';
import type { Device } from '../../services/notifications/domain/preferences';
import { NotPosted, type Posted } from '../../services/notifications/ports/sending';
import { sendOrderPush } from '../../services/notifications/use-cases/send-order-push';
import { sendOrderSms } from '../../services/notifications/use-cases/send-order-sms';
import {
  CountingTally,
  FakeContacts,
  FakeRecipients,
  FakeRedelivery,
  MemoryMessages,
  MemoryResults,
  news,
} from './fakes';

const common = () => ({
  messages: new MemoryMessages(),
  recipients: new FakeRecipients(),
  results: new MemoryResults(),
  redelivery: new FakeRedelivery(),
  tally: new CountingTally(),
  clock: () => Date.parse('2026-11-21T12:00:00Z'),
  templates,
});

const reasons = ({ results }: { results: MemoryResults }) =>
  results.told.map(({ outcome, reason }) => (reason ? `${outcome} ${reason}` : outcome));

describe('an SMS', () => {
  function setUp(phone?: string) {
    const sent: { phone: string; text: string }[] = [];
    const contacts = new FakeContacts();
    contacts.known = { email: 'ada@example.com', phone };
    const texter = {
      post: async (to: string, text: string): Promise<Posted> => {
        sent.push({ phone: to, text });
        return { accepted: true, providerId: 'sns-1' };
      },
    };
    const ports = { ...common(), contacts, texter };
    return { ports, sent, send: () => sendOrderSms(ports, news(), 'cor_1') };
  }

  test('goes once to the phone of the order, in E.164', async () => {
    const { send, sent, ports } = setUp('+351 (912) 345-678');
    await send();
    await send();
    expect(sent).toEqual([{ phone: '+351912345678', text: expect.stringContaining('ord_1') }]);
    expect(reasons(ports)).toEqual(['SENT', 'SENT']);
  });

  test.each([
    [undefined, 'SUPPRESSED NO_PHONE'],
    ['912345678', 'SUPPRESSED PHONE_NOT_E164'],
  ])('to %s is %s', async (phone, outcome) => {
    const { send, sent, ports } = setUp(phone);
    await send();
    expect(sent).toEqual([]);
    expect(reasons(ports)).toEqual([outcome]);
  });

  test('of a kind that is switched off is not sent', async () => {
    const { send, ports } = setUp('+351912345678');
    ports.recipients.settings = { preferences: { sms: { 'order-confirmed': false } }, devices: [] };
    await send();
    expect(reasons(ports)).toEqual(['SUPPRESSED NOT_WANTED']);
  });

  test('never carries a guest’s link', () => {
    const text = templates.sms(news({ kind: 'order-shipped' }), { link: 'https://x/?t=1' } as never);
    expect(text).not.toContain('https');
  });

  test.each([
    ['+351912345678', '+351912345678'],
    ['+1 (415) 555-0100', '+14155550100'],
    ['+0351912345678', undefined],
    ['00351912345678', undefined],
    ['+1234567890123456', undefined],
  ])('%s is the number %s', (written, number) => {
    expect(e164(written)).toBe(number);
  });
});

describe('a push', () => {
  const devices: Device[] = [
    { id: 'dev_1', platform: 'fcm', token: 'one' },
    { id: 'dev_2', platform: 'apns', token: 'two' },
  ];

  function setUp() {
    const forgotten: string[] = [];
    const sent: string[] = [];
    const answers: Record<string, () => Promise<Posted | { gone: true; reason: string }>> = {};
    const ports = {
      ...common(),
      devices: { forget: async (_customer: string, { id }: Device) => void forgotten.push(id) },
      pusher: {
        serves: (platform: string) => platform === 'fcm' || platform === 'apns',
        post: async ({ id }: Device) => {
          sent.push(id);
          return (await answers[id]?.()) ?? ({ accepted: true, providerId: id } as const);
        },
      },
    };
    ports.recipients.settings = { preferences: {}, devices };
    return { ports, sent, forgotten, answers, send: () => sendOrderPush(ports, news(), 'cor_1') };
  }

  test('goes to each device as a message of its own', async () => {
    const { send, sent, ports } = setUp();
    await send();
    expect(sent).toEqual(['dev_1', 'dev_2']);
    expect(ports.results.told.map(({ messageId }) => messageId)).toEqual([
      'evt_1#push#dev_1',
      'evt_1#push#dev_2',
    ]);
  });

  test('to a device that is gone is suppressed, and the device is forgotten', async () => {
    const { send, forgotten, answers, ports } = setUp();
    answers.dev_1 = async () => ({ gone: true, reason: 'DEVICE_GONE' });
    await send();
    expect(forgotten).toEqual(['dev_1']);
    expect(reasons(ports).sort()).toEqual(['SENT', 'SUPPRESSED DEVICE_GONE']);
  });

  test('that one device could not get comes again for that one alone', async () => {
    const { send, sent, answers } = setUp();
    answers.dev_1 = async () => Promise.reject(new NotPosted('throttled'));
    await expect(send()).rejects.toThrow('throttled');
    delete answers.dev_1;
    await send();
    expect(sent).toEqual(['dev_1', 'dev_2', 'dev_1']);
  });

  test('without a device, or to a platform that is not set up, is suppressed with its reason', async () => {
    const { send, ports } = setUp();
    ports.pusher.serves = (platform) => platform === 'fcm';
    await send();
    expect(reasons(ports).sort()).toEqual(['SENT', 'SUPPRESSED PLATFORM_NOT_SET_UP']);
    const none = setUp();
    none.ports.recipients.settings = { preferences: {}, devices: [] };
    await none.send();
    expect(reasons(none.ports)).toEqual(['SUPPRESSED NO_DEVICE']);
  });

  test('is reported as failed when accounts cannot be asked until the last receive', async () => {
    const { send, ports } = setUp();
    ports.recipients.settingsOf = async () => Promise.reject(new Error('down'));
    ports.redelivery.last = true;
    await expect(send()).rejects.toThrow('down');
    expect(reasons(ports)).toEqual(['FAILED Error']);
  });
});
