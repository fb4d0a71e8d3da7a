import { parseArgs } from 'node:util';
import { Problem } from '../local/problem';

export const STAGES = ['local', 'dev', 'staging', 'prod'] as const;
export type Stage = (typeof STAGES)[number];

/** `--stage dev`, `--stage dev,prod` or `--all`. */
export function stagesFrom(args: string[]): Stage[] {
  const { stage = '', all } = read(args);
  if (all) return [...STAGES];
  const named = stage.split(',').filter(Boolean);
  const unknown = named.filter((name) => !STAGES.includes(name as Stage));
  if (named.length === 0 || unknown.length > 0) {
    throw new Problem(
      unknown.length > 0 ? `There is no stage ${unknown.join(', ')}.` : 'No stage was named.',
      `npm run package -- --stage <${STAGES.join(' | ')}>, several with commas, or --all`,
    );
  }
  return named as Stage[];
}

function read(args: string[]): { stage?: string; all?: boolean } {
  try {
    return parseArgs({ args, options: { stage: { type: 'string' }, all: { type: 'boolean' } } }).values;
  } catch (error) {
    throw new Problem(
      (error as Error).message,
      `npm run package -- --stage <${STAGES.join(' | ')}> or --all`,
    );
  }
}
