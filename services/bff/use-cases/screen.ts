import type { Clock } from '../../../shared/kernel/time';

/** Milliseconds that one part may take, and that a whole screen may. */
export const PART = 800;
export const SCREEN = 1500;

/** Collects the parts of a screen. What fails or is late is left out and named; the rest still comes. */
export class Screen {
  readonly degraded: string[] = [];
  private readonly end: number;

  constructor(private readonly clock: Clock) {
    this.end = clock() + SCREEN;
  }

  async part<T>(name: string, load: (within: number) => Promise<T>): Promise<T | undefined> {
    const within = Math.min(PART, this.end - this.clock());
    try {
      if (within <= 0) throw new Error('The screen has no time left');
      return await load(within);
    } catch {
      if (!this.degraded.includes(name)) this.degraded.push(name);
      return undefined;
    }
  }
}
