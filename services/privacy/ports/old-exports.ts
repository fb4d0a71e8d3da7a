export interface OldExports {
  /** Files of exports in the order of their keys; the last page has no cursor. */
  page(cursor?: string): Promise<{ files: { key: string; storedAt: string }[]; cursor?: string }>;
  remove(key: string): Promise<void>;
}
