type Unit = 'Count' | 'Milliseconds' | 'None';

interface Entry {
  value: number;
  unit: Unit;
}

interface MetricSet {
  dimensions: Record<string, string>;
  entries: Record<string, Entry>;
}

/**
 * CloudWatch's embedded metric format: one JSON line that Lambda's log turns into metrics, with no call and no wait.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export class Metrics {
  private readonly sets = new Map<string, MetricSet>();

  /** Adds to a metric of this invocation. Dimensions are few and bounded: each combination is billed as one metric. */
  add(name: string, value = 1, unit: Unit = 'Count', dimensions: Record<string, string> = {}): void {
    const all = {
      stage: process.env.STAGE ?? 'unknown',
      service: process.env.SERVICE_NAME ?? 'unknown',
      ...dimensions,
    };
    const key = JSON.stringify(all);
    const set: MetricSet = this.sets.get(key) ?? { dimensions: all, entries: {} };
    const previous = set.entries[name]?.value ?? 0;
    set.entries[name] = { value: previous + value, unit };
    this.sets.set(key, set);
  }

  /** One line a set of dimensions. */
  lines(now: number): string[] {
    return [...this.sets.values()].map(({ dimensions, entries }) =>
      JSON.stringify({
        _aws: {
          Timestamp: now,
          CloudWatchMetrics: [
            {
              Namespace: 'orderly',
              Dimensions: [Object.keys(dimensions)],
              Metrics: Object.entries(entries).map(([Name, { unit }]) => ({ Name, Unit: unit })),
            },
          ],
        },
        ...dimensions,
        ...Object.fromEntries(Object.entries(entries).map(([name, { value }]) => [name, value])),
      }),
    );
  }
}
