import type { Decision, Entry } from '../domain/entry';

/** Which charges, and after which of them the page starts (`<createdAt>#<id>`). */
export interface Selection {
  after?: string;
  limit: number;
}

export interface Ledger {
  /** Strongly consistent. */
  find(id: string): Promise<Entry | undefined>;
  /** Reads, lets the rule decide, stores what it says; decides anew when another was faster. */
  change<Answer, D extends Decision<Answer>>(id: string, decide: (found: Entry | undefined) => D): Promise<D>;
  /** Charges of one reference, oldest first. */
  ofReference(reference: string, selection: Selection): Promise<Entry[]>;
  /** Charges made at a time or later, oldest first. */
  since(time: number, now: number, selection: Selection): Promise<Entry[]>;
}
