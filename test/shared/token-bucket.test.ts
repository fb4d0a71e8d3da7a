import type { Route } from '../../shared/kernel/route';
import { http, json } from '../../shared/lambda/http';
import { TokenBucket } from '../../shared/lambda/token-bucket';
import { catchLog } from './support/log';
import { context } from './support/records';

catchLog();

const SECOND = 1000;

test('takes twice its rate at once, then its rate', () => {
  let now = 0;
  const bucket = new TokenBucket(10, () => now);
  const taken = () => Array.from({ length: 100 }, () => bucket.take()).filter((wait) => wait === 0).length;
  expect(taken()).toBe(20);
  now += SECOND;
  expect(taken()).toBe(10);
  now += 60 * SECOND;
  expect(taken()).toBe(20);
});

test('says in whole seconds when there is a token again', () => {
  const bucket = new TokenBucket(0.1, () => 0, 1);
  expect([bucket.take(), bucket.take()]).toEqual([0, 10]);
});

test('a clock that goes back fills nothing and takes nothing', () => {
  let now = 5000;
  const bucket = new TokenBucket(1, () => now);
  bucket.take();
  now = 0;
  expect(bucket.take()).toBe(0);
  expect(bucket.take()).toBe(1);
});

test('a route whose bucket is empty answers 429 and Retry-After before it reads anything', async () => {
  const route = { method: 'GET', path: '/', summary: '', access: 'public', errors: [] } as unknown as Route;
  const work = jest.fn(async () => json(200, {}));
  const handler = http(route, work, { bucket: new TokenBucket(1, () => 0, 1) });
  const event = { headers: {}, requestContext: {} } as never;
  expect((await handler(event, context())).statusCode).toBe(200);
  const refused = await handler(event, context());
  expect([refused.statusCode, refused.headers?.['retry-after'], JSON.parse(refused.body ?? '').code]).toEqual(
    [429, '1', 'RATE_LIMITED'],
  );
  expect(work).toHaveBeenCalledTimes(1);
});
