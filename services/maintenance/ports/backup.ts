export interface SavedUser {
  username: string;
  attributes: Record<string, string>;
  enabled: boolean;
  status: string;
  createdAt: string;
}

export interface Users {
  page(token?: string): Promise<{ users: SavedUser[]; token?: string }>;
  staff(): Promise<string[]>;
}

export interface Backups {
  /** @returns the key it lies under */
  keep(name: string, lines: readonly object[]): Promise<string>;
}
