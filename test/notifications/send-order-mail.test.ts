import { mustacheTemplates as templates } from '../../services/notifications/adapters/mustache-templates';
import { NotPosted } from '../../services/notifications/ports/sending';
import { MessageHeld } from '../../services/notifications/use-cases/deliver-message';
import { sendOrderMail } from '../../services/notifications/use-cases/send-order-mail';
import { MINUTE } from '../../shared/kernel/time';
import {
  CountingTally,
  FakeContacts,
  FakeMailer,
  FakeRecipients,
  FakeRedelivery,
  MemoryMessages,
  MemoryResults,
  MemorySuppressions,
  news,
} from './fakes';

const START = Date.parse('2026-11-21T12:00:00Z');
const ID = 'evt_1#email';

function setUp() {
  const time = { now: START };
  const ports = {
    messages: new MemoryMessages(),
    contacts: new FakeContacts(),
    recipients: new FakeRecipients(),
    suppressions: new MemorySuppressions(),
    results: new MemoryResults(),
    templates,
    mailer: new FakeMailer(),
    redelivery: new FakeRedelivery(),
    tally: new CountingTally(),
    clock: () => time.now,
  };
  const send = (over = {}) => sendOrderMail(ports, news(over), 'cor_1');
  return { ...ports, ports, time, send, row: () => ports.messages.rows.get(ID) };
}

test('an event becomes one mail by two writes', async () => {
  const { send, mailer, messages, row, tally } = setUp();
  expect(await send()).toEqual({ outcome: 'SENT' });
  expect(mailer.sent).toMatchObject([{ id: ID, to: 'ada@example.com' }]);
  expect(row()).toMatchObject({ status: 'SENT', detail: 'ses-1' });
  expect(messages.writes).toBe(2);
  expect(tally.counts).toEqual({ mailSent: 1 });
});

test('an event that comes again makes no second mail, not even weeks later', async () => {
  const { send, mailer, time } = setUp();
  await send();
  time.now += 30 * 24 * 60 * MINUTE;
  expect(await send()).toMatchObject({ outcome: 'ALREADY_SETTLED' });
  expect(mailer.sent).toHaveLength(1);
});

test('of ten receives at once one sends and nine are postponed to the end of its claim', async () => {
  const { send, mailer, redelivery } = setUp();
  const results = await Promise.allSettled(Array.from({ length: 10 }, () => send()));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(mailer.sent).toHaveLength(1);
  expect(redelivery.postponed).toEqual(Array(9).fill(10 * MINUTE));
});

describe('a process that dies between the acceptance and the mark', () => {
  async function crashed() {
    const set = setUp();
    set.messages.dying = true;
    await expect(set.send()).rejects.toThrow('the process died');
    set.messages.dying = false;
    return set;
  }

  test('leaves a claim that holds the message for ten minutes', async () => {
    const { send, mailer, redelivery, time } = await crashed();
    time.now += 3 * MINUTE;
    await expect(send()).rejects.toBeInstanceOf(MessageHeld);
    expect(redelivery.postponed).toEqual([7 * MINUTE]);
    expect(mailer.sent).toHaveLength(1);
  });

  test('costs a second mail of the same id after ten minutes, which is counted, and no third', async () => {
    const { send, mailer, time, tally } = await crashed();
    time.now += 10 * MINUTE;
    expect(await send()).toEqual({ outcome: 'SENT' });
    expect(await send()).toMatchObject({ outcome: 'ALREADY_SETTLED' });
    expect(mailer.sent.map(({ id }) => id)).toEqual([ID, ID]);
    expect(tally.counts).toEqual({ mailSentAgain: 1, mailSent: 1 });
  });

  test('cannot overwrite what a later claim came to', async () => {
    const { messages, send, time, row } = await crashed();
    time.now += 10 * MINUTE;
    await send();
    await messages.settle(ID, START, 'FAILED', 'too late');
    expect(row()).toMatchObject({ status: 'SENT' });
  });
});

test('a provider that gives no answer leaves the claim open: the mail may be out', async () => {
  const { send, mailer, row } = setUp();
  mailer.next = [() => Promise.reject(new Error('time-out'))];
  await expect(send()).rejects.toThrow('time-out');
  expect(row()).toMatchObject({ status: 'SENDING' });
});

test.each([
  [
    'the provider takes nothing for the moment',
    (set: ReturnType<typeof setUp>) => {
      set.mailer.next = [() => Promise.reject(new NotPosted('throttled'))];
    },
  ],
  [
    'orders does not answer',
    (set: ReturnType<typeof setUp>) => {
      set.contacts.failing = new Error('orders is down');
    },
  ],
])('when %s the next receive sends at once, as the first mail', async (_what, disturb) => {
  const set = setUp();
  disturb(set);
  await expect(set.send()).rejects.toThrow();
  expect(set.row()).toMatchObject({ status: 'FAILED' });
  set.contacts.failing = undefined;
  expect(await set.send()).toEqual({ outcome: 'SENT' });
  expect(set.tally.counts).toEqual({ mailSent: 1 });
});

test('a mail that the provider refuses for good is FAILED with its reason, and a redrive tries once more', async () => {
  const { send, mailer, row, tally } = setUp();
  mailer.next = [async () => ({ accepted: false, reason: 'MessageRejected' })];
  expect(await send()).toEqual({ outcome: 'REFUSED', reason: 'MessageRejected' });
  expect(row()).toMatchObject({ status: 'FAILED', detail: 'MessageRejected' });
  expect(tally.counts).toEqual({ mailRefused: 1 });
  expect(await send()).toEqual({ outcome: 'SENT' });
});

test('nobody is written to who is not known any more, also when the event comes again', async () => {
  const { send, contacts, mailer, row } = setUp();
  contacts.known = undefined;
  expect(await send()).toEqual({ outcome: 'SUPPRESSED' });
  expect(row()).toMatchObject({ status: 'SUPPRESSED' });
  contacts.known = { email: 'ada@example.com' };
  expect(await send()).toMatchObject({ outcome: 'ALREADY_SETTLED' });
  expect(mailer.sent).toHaveLength(0);
});

test('a cancellation that overtakes its confirmation changes neither mail', async () => {
  const { send, mailer } = setUp();
  await send({ kind: 'order-cancelled', eventId: 'evt_2' });
  await send({ kind: 'order-confirmed', eventId: 'evt_1' });
  await send({ kind: 'order-cancelled', eventId: 'evt_2' });
  expect(mailer.sent.map(({ mail }) => mail.subject)).toEqual([
    'Your order is cancelled',
    'Your order is confirmed',
  ]);
});

test('neither the address nor the name is kept', async () => {
  const { send, messages } = setUp();
  await send();
  expect(JSON.stringify([...messages.rows])).not.toMatch(/ada/i);
});
