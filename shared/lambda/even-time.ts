import { setTimeout as pause } from 'node:timers/promises';

/** Longer than the work usually takes, short enough to wait for. */
const STEP = 500;

/**
 * Answers on the next half second since the start, so that how long the work took tells nobody what it found.
 * Rounded up and not cut off: work that takes longer is done all the same.
 */
export async function evenly<T>(work: () => Promise<T>, clock = () => performance.now()): Promise<T> {
  const start = clock();
  try {
    return await work();
  } finally {
    const took = clock() - start;
    await pause(Math.ceil(Math.max(took, 1) / STEP) * STEP - took);
  }
}
