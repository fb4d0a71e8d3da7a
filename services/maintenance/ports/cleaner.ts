/** A service's own cleanup, a page at a time. */
export interface Cleaner {
  /** Of what: the word that stands in the summary. */
  name: string;
  page(page: {
    cursor?: string;
    dryRun: boolean;
  }): Promise<{ seen: number; removed: number; cursor?: string }>;
}
