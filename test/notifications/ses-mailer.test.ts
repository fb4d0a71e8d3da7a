import { SesMailer } from '../../services/notifications/adapters/ses-mailer';
import { NotPosted } from '../../services/notifications/ports/sending';
import { ses } from '../../shared/aws/ses';
import { type Reply, TinyAws } from '../handlers/notifications/aws';

const aws = new TinyAws();
const waits: number[] = [];
const mailer = new SesMailer(ses, 'orders@example.com', {
  wait: async (milliseconds) => {
    waits.push(milliseconds);
  },
});
const post = () => mailer.post('evt_1#email', 'ada@example.com', { subject: 's', html: 'h', text: 't' });

const refusal = (status: number, name: string): Reply => ({
  status,
  headers: { 'x-amzn-errortype': name },
  body: { message: 'no mail for ada@example.com' },
});

function answering(...answers: Reply[]): void {
  aws.replies = { 'outbound-emails': () => answers.shift() ?? { body: { MessageId: 'ses-1' } } };
}

beforeAll(async () => {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: await aws.start(),
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
});
beforeEach(() => {
  aws.calls = [];
  waits.length = 0;
});
afterAll(() => aws.stop());

test('a throttled mail waits its turn and goes out once', async () => {
  answering(refusal(429, 'TooManyRequestsException'), refusal(429, 'TooManyRequestsException'));
  expect(await post()).toEqual({ accepted: true, providerId: 'ses-1' });
  expect(aws.calls).toHaveLength(3);
  expect(waits).toHaveLength(2);
});

test('no mail goes over the connection of another, which may be dead without a sign by then', async () => {
  answering();
  const before = aws.connections;
  for (let n = 0; n < 3; n += 1) await post();
  expect(aws.connections - before).toBe(3);
});

test('a mail throttled three times was certainly not sent', async () => {
  answering(...Array(3).fill(refusal(429, 'TooManyRequestsException')));
  await expect(post()).rejects.toBeInstanceOf(NotPosted);
});

test.each(['MessageRejected', 'BadRequestException'])('%s is a refusal for good', async (name) => {
  answering(refusal(400, name));
  expect(await post()).toEqual({ accepted: false, reason: name });
});

test.each([
  ['AccessDeniedException', 403],
  ['AccountSuspendedException', 400],
])('%s may be mended and was certainly not sent', async (name, status) => {
  answering(refusal(status, name));
  await expect(post()).rejects.toBeInstanceOf(NotPosted);
});

test('a mail of which the provider says nothing clear is not tried again here', async () => {
  answering(refusal(500, 'InternalServiceErrorException'));
  const error = await post().catch((caught: unknown) => caught);
  expect(error).not.toBeInstanceOf(NotPosted);
  expect(aws.calls).toHaveLength(1);
});

test.each([400, 403, 429, 500])(
  'the words of an answer %i, which may name a person, go no further',
  async (status) => {
    answering(...Array(3).fill(refusal(status, 'SomeException')));
    const error = (await post().catch((caught: unknown) => caught)) as Error;
    expect(`${error.stack}${JSON.stringify(error)}${String(error.cause)}`).not.toContain('ada@');
  },
);
