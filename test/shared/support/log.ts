import pino from 'pino';
import { logger } from '../../../shared/lambda/logger';

// biome-ignore lint/suspicious/noExplicitAny: a log line is whatever was logged
export type Line = Record<string, any>;

export interface Log {
  lines: Line[];
  /** All of it as it would stand in the log, metrics too. */
  text: () => string;
  clear: () => void;
}

/** Takes down what goes to the log from here on, pino's lines and the metric lines below it. */
export function catchLog(): Log {
  const written: string[] = [];
  const take = (text: unknown): boolean => {
    written.push(String(text));
    return true;
  };
  const sink = (logger as unknown as Record<symbol, { write: (text: string) => boolean }>)[
    pino.symbols.streamSym
  ] as { write: (text: string) => boolean };
  jest.spyOn(sink, 'write').mockImplementation(take);
  jest.spyOn(process.stdout, 'write').mockImplementation(take);
  return {
    get lines() {
      return written.map((text) => JSON.parse(text) as Line);
    },
    text: () => written.join(''),
    clear: () => {
      written.length = 0;
    },
  };
}
