import { ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { SqsDeadLetters } from '../../services/operations/adapters/sqs-dead-letters';

const NOW = Date.parse('2026-11-21T09:30:00.000Z');

/** A queue that hands out its oldest letters first, and holds them until they are let go. */
function queueOf(...ids: string[]) {
  const held = new Set<string>();
  const messages = ids.map((id, age) => ({
    MessageId: id,
    Body: id,
    ReceiptHandle: id,
    Attributes: { SentTimestamp: String(NOW + age) },
  }));
  const send = async (command: { input: object }) => {
    if (command instanceof ReceiveMessageCommand) {
      const free = messages.filter(({ MessageId }) => !held.has(MessageId));
      const Messages = free.slice(0, command.input.MaxNumberOfMessages);
      for (const { MessageId } of Messages) held.add(MessageId);
      return { Messages };
    }
    const { Entries = [] } = command.input as { Entries?: { ReceiptHandle: string }[] };
    for (const { ReceiptHandle } of Entries) held.delete(ReceiptHandle);
    return { QueueUrl: 'https://sqs.example.com/some-dlq' };
  };
  const letters = new SqsDeadLetters({ send } as unknown as SQSClient, '');
  return {
    held,
    take: async (wanted: Partial<Parameters<typeof letters.take>[1]>) =>
      (await letters.take('some-dlq', { limit: 1, before: Number.POSITIVE_INFINITY, ...wanted })).map(
        ({ id }) => id,
      ),
  };
}

const many = Array.from({ length: 45 }, (_, n) => `letter-${n}`);

test('a letter behind those that stayed is reached, and they are free again', async () => {
  const { take, held } = queueOf(...many);
  expect(await take({ except: many.slice(0, 40) })).toEqual(['letter-40']);
  expect([...held]).toEqual(['letter-40']);
});

test('nothing is left when all others are passed over', async () => {
  const { take, held } = queueOf('a', 'b');
  expect(await take({ except: ['a', 'b'] })).toEqual([]);
  expect(held.size).toBe(0);
});

test('a letter is found by its id, and one that came later is not taken', async () => {
  expect(await queueOf(...many).take({ ids: ['letter-33'] })).toEqual(['letter-33']);
  expect(await queueOf('a', 'b').take({ ids: ['b'], before: NOW + 1 })).toEqual([]);
  expect(await queueOf('a', 'b').take({ limit: 5, before: NOW + 1 })).toEqual(['a']);
});
