import { SECOND } from '../kernel/time';

/**
 * What one environment of a public route takes, of all callers together: a flood is answered cheaply, before any
 * work. It knows no caller, since an address is nothing we keep.
 */
export class TokenBucket {
  private tokens: number;
  private filledAt: number;

  /** Holds two seconds' worth, so that a page that opens with several calls is not refused. */
  constructor(
    private readonly perSecond: number,
    private readonly now: () => number = Date.now,
    private readonly holds = 2 * perSecond,
  ) {
    this.tokens = holds;
    this.filledAt = now();
  }

  /** Takes a token. @returns 0, or the whole seconds after which there is one again */
  take(): number {
    const now = this.now();
    const passed = Math.max(now - this.filledAt, 0) / SECOND;
    this.tokens = Math.min(this.holds, this.tokens + passed * this.perSecond);
    this.filledAt = now;
    if (this.tokens < 1) return Math.max(1, Math.ceil((1 - this.tokens) / this.perSecond));
    this.tokens -= 1;
    return 0;
  }
}
