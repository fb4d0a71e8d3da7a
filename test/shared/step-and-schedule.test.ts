import Joi from 'joi';
import { invocation } from '../../shared/lambda/invocation';
import { schedule } from '../../shared/lambda/schedule';
import { type StepInput, step, stepInput } from '../../shared/lambda/step';
import { catchLog } from './support/log';
import { context } from './support/records';

const log = catchLog();
beforeEach(() => log.clear());

const input = { orderId: 'ord_1', attempt: 2, correlationId: 'cor_1' };

describe('a step', () => {
  const work = jest.fn(async (given: StepInput) => {
    invocation().log.info('at work');
    return { outcome: 'DONE', given };
  });
  const handler = step(stepInput(), work);
  beforeEach(() => work.mockClear());

  test('works under the correlation id and order of the saga', async () => {
    expect(await handler(input, context())).toMatchObject({ outcome: 'DONE' });
    expect(log.lines[0]).toMatchObject({ message: 'at work', correlationId: 'cor_1', orderId: 'ord_1' });
  });

  test('tolerates what a newer machine adds', async () => {
    await handler({ ...input, more: 1 } as StepInput, context());
    expect(work).toHaveBeenCalledTimes(1);
  });

  test.each([
    ['no order', { ...input, orderId: undefined }],
    ['an attempt 0', { ...input, attempt: 0 }],
    ['an attempt as text', { ...input, attempt: '2' }],
    ['nothing', undefined],
  ])('with %s is a fault before any work', async (_what, bad) => {
    await expect(handler(bad as never, context())).rejects.toThrow('Step input');
    expect(work).not.toHaveBeenCalled();
  });

  test('lets a fault through to the machine', async () => {
    work.mockRejectedValueOnce(new Error('throttled'));
    await expect(handler(input, context())).rejects.toThrow('throttled');
    expect(log.lines.map(({ message }) => message)).toEqual(['invocation failed', 'invocation']);
  });
});

describe('a scheduled function', () => {
  const handler = schedule(
    Joi.object<{ age: number }, true>({ age: Joi.number().integer().min(0) }),
    async ({ age }) => {
      invocation().metrics.add('looked', 2);
      invocation().metrics.add('looked');
      return { age };
    },
  );

  test('gives its result to whoever invoked it', async () => {
    expect(await handler({ age: 0 }, context())).toEqual({ age: 0 });
  });

  test('refuses a payload that does not fit', async () => {
    await expect(handler({} as never, context())).rejects.toThrow('/age');
    await expect(handler({ age: 1, more: 2 } as never, context())).rejects.toThrow('/more');
  });

  test('accounts for itself in one line, with its metrics below', async () => {
    await handler({ age: 1 }, context());
    expect(log.lines).toEqual([
      expect.objectContaining({
        message: 'invocation',
        requestId: 'request-1',
        outcome: 'ok',
        awsCalls: 0,
        writeUnits: 0,
        milliseconds: expect.any(Number),
      }),
      expect.objectContaining({ looked: 3, _aws: expect.any(Object) }),
    ]);
  });
});
