/** Prints one line per step with the seconds since the beginning. */
export interface Progress {
  /** A line of its own. */
  say(line: string): void;
  /** Announces a step, runs it, and repeats the line every ten seconds while it lasts. */
  step<T>(line: string, work: () => Promise<T>): Promise<T>;
}

const STILL_AT_IT_MS = 10_000;

export function createProgress(now: () => number = Date.now): Progress {
  const began = now();
  const say = (line: string) => {
    const seconds = ((now() - began) / 1000).toFixed(1).padStart(6);
    console.log(`${seconds} s  ${line}`);
  };
  return {
    say,
    async step(line, work) {
      say(line);
      const timer = setInterval(() => say(`  … still at it: ${line}`), STILL_AT_IT_MS);
      try {
        return await work();
      } finally {
        clearInterval(timer);
      }
    },
  };
}

export const silent: Progress = { say: () => {}, step: (_line, work) => work() };
