import { EventEmitter } from 'node:events';
import { type Clock, SECOND } from '../../../shared/kernel/time';

/** A verb that times out takes 9 s: in opossum's own window of 10 s five of them would never be seen together. */
const SLICES = 10;
const SLICE = 6 * SECOND;

/**
 * The minute that opossum counts in, turned by the clock before a call. Its own timer stands still while Lambda keeps
 * the environment frozen, so that failures of hours would be counted as those of one minute.
 */
export class RollingWindow {
  private readonly controller = new EventEmitter();
  private slice: number;

  constructor(private readonly clock: Clock) {
    this.slice = this.now();
  }

  get options() {
    return {
      rollingCountTimeout: SLICES * SLICE,
      rollingCountBuckets: SLICES,
      rotateBucketController: this.controller,
      // Also a timer, for a dashboard that nobody has.
      enableSnapshots: false,
    };
  }

  turn(): void {
    const now = this.now();
    for (let left = Math.min(now - this.slice, SLICES); left > 0; left -= 1) this.controller.emit('rotate');
    this.slice = now;
  }

  private now(): number {
    return Math.floor(this.clock() / SLICE);
  }
}
