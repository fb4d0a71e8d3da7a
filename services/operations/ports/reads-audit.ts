export interface AuditRow {
  id: string;
  at: string;
  actor: string;
  action: string;
  target: string;
  correlationId: string;
  detail?: Record<string, string | number | boolean>;
}

export interface ReadsAudit {
  /** Newest first, from below `before`. */
  ofDay(date: string, page: { limit: number; before?: string }): Promise<AuditRow[]>;
}
