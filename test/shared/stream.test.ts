import { PermanentFault } from '../../shared/kernel/permanent-fault';
import { stream } from '../../shared/lambda/stream';
import { catchLog } from './support/log';
import { context, inserted } from './support/records';

catchLog();

function reader(work: (rows: number[]) => Promise<void> = async () => undefined) {
  const parked: { body: string; reason: string; messageId: string; correlationId: string }[] = [];
  const batches: number[][] = [];
  const handler = stream<number>(
    {
      parse: ({ id, number }) => {
        if (id === 'poison') throw new PermanentFault('not one of ours');
        if (id === 'bug') throw new TypeError('a fault of the program');
        return number as number | undefined;
      },
      park: async (dead) => void parked.push(dead),
    },
    async (rows) => {
      batches.push(rows);
      await work(rows);
    },
  );
  return {
    parked,
    batches,
    read: (...Records: ReturnType<typeof inserted>[]) => handler({ Records }, context()),
  };
}

test('the rows of a batch come in order, in one go', async () => {
  const { read, batches } = reader();
  expect(await read(inserted({ number: 1 }), inserted({ number: 2 }))).toEqual({ batchItemFailures: [] });
  expect(batches).toEqual([[1, 2]]);
});

test('a row that no try can mend is parked with its reason, and the others are done', async () => {
  const { read, batches, parked } = reader();
  const poison = inserted({ id: 'poison' }, 'event-7');
  await read(inserted({ number: 1 }), poison, inserted({ number: 2 }));
  expect(batches).toEqual([[1, 2]]);
  expect(parked).toMatchObject([
    { body: JSON.stringify(poison), reason: 'not one of ours', messageId: 'event-7' },
  ]);
});

test('a parked row is found by the correlation id it was written under', async () => {
  const { read, parked } = reader();
  await read(inserted({ id: 'poison', correlationId: 'cor_of_the_row' }));
  expect(parked).toMatchObject([{ correlationId: 'cor_of_the_row' }]);
});

test("rows that are not this reader's, and removals, are passed over", async () => {
  const { read, batches } = reader();
  await read(inserted({ other: 1 }), { eventID: 'e', eventName: 'REMOVE', dynamodb: {} });
  expect(batches).toEqual([]);
});

test('a fault of the moment throws after the good rows were done, so the batch comes again', async () => {
  const done: number[] = [];
  const { read } = reader(async (rows) => {
    const failed = rows.filter((row) => row === 2);
    done.push(...rows.filter((row) => row !== 2));
    if (failed.length > 0) throw new Error('throttled');
  });
  await expect(read(...[1, 2, 3].map((number) => inserted({ number })))).rejects.toThrow('throttled');
  expect(done).toEqual([1, 3]);
});

test('a fault of the program is not taken for a bad row', async () => {
  const { read, parked } = reader();
  await expect(read(inserted({ id: 'bug' }))).rejects.toThrow(TypeError);
  expect(parked).toEqual([]);
});
