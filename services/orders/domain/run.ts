import { createHash } from 'node:crypto';

/** Which execution of which attempt speaks. */
export interface Run {
  attempt: number;
  /** Tells executions apart; short, since it lies on the order's row. */
  key: string;
}

/** An execution's ARN takes 150 bytes; 22 characters of its hash tell executions apart as well. */
export const runOf = ({ attempt, executionId }: { attempt: number; executionId: string }): Run => ({
  attempt,
  key: createHash('sha256').update(executionId).digest('base64url').slice(0, 22),
});
