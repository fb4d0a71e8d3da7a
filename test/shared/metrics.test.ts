import { Metrics } from '../../shared/lambda/metrics';

beforeEach(() => Object.assign(process.env, { STAGE: 'test', SERVICE_NAME: 'orders' }));

const emitted = (metrics: Metrics) => metrics.lines(1_900_000_000_000).map((line) => JSON.parse(line));

test('no metric, no line', () => {
  expect(new Metrics().lines(0)).toEqual([]);
});

test('a line is in the embedded metric format', () => {
  const metrics = new Metrics();
  metrics.add('ordersStuck', 3);
  metrics.add('took', 12.5, 'Milliseconds');
  expect(emitted(metrics)).toEqual([
    {
      _aws: {
        Timestamp: 1_900_000_000_000,
        CloudWatchMetrics: [
          {
            Namespace: 'orderly',
            Dimensions: [['stage', 'service']],
            Metrics: [
              { Name: 'ordersStuck', Unit: 'Count' },
              { Name: 'took', Unit: 'Milliseconds' },
            ],
          },
        ],
      },
      stage: 'test',
      service: 'orders',
      ordersStuck: 3,
      took: 12.5,
    },
  ]);
});

test('what is added twice is summed, a zero is told', () => {
  const metrics = new Metrics();
  metrics.add('a');
  metrics.add('a', 2);
  metrics.add('none', 0);
  expect(emitted(metrics)).toMatchObject([{ a: 3, none: 0 }]);
});

test('each set of dimensions is a line of its own', () => {
  const metrics = new Metrics();
  metrics.add('charges', 1, 'Count', { outcome: 'CAPTURED' });
  metrics.add('charges', 1, 'Count', { outcome: 'DECLINED' });
  const lines = emitted(metrics);
  expect(lines.map(({ outcome }) => outcome)).toEqual(['CAPTURED', 'DECLINED']);
  expect(lines[0]._aws.CloudWatchMetrics[0].Dimensions).toEqual([['stage', 'service', 'outcome']]);
});
