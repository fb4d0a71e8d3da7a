/** For a deed that no transaction of ours makes: the entry is written before it. */
export interface WritesAudit {
  write(entry: {
    actor: string;
    action: string;
    target: string;
    at: number;
    correlationId: string;
    detail?: Record<string, string | number | boolean>;
  }): Promise<void>;
}
