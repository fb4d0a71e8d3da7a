export interface Count {
  passed: number;
  failed: number;
}

/** Counts what passed and failed, and remembers what failed for the end. */
export class Tally {
  private readonly counted: Count = { passed: 0, failed: 0 };
  private readonly failures: string[] = [];

  check(name: string, passed: boolean): void {
    this.add({ passed: passed ? 1 : 0, failed: passed ? 0 : 1 }, name);
  }

  add({ passed, failed }: Count, name: string): void {
    this.counted.passed += passed;
    this.counted.failed += failed;
    if (failed > 0) this.failures.push(`${name}: ${failed} failed`);
  }

  /** The last line of a test run stands alone; CI reads it. */
  print(): number {
    const { passed, failed } = this.counted;
    for (const failure of this.failures) console.log(`✗ ${failure}`);
    console.log(`${passed} passed, ${failed} failed`);
    return failed === 0 ? 0 : 1;
  }
}
