/** Who signs in with us; their address and password are kept by the user pool alone. */
export interface User {
  email?: string;
  emailVerified: boolean;
  phone?: string;
  name?: string;
  createdAt?: string;
}

export interface ReadsUsers {
  find(customerId: string): Promise<User | undefined>;
}

export interface ErasesUsers {
  /** Signs them out everywhere and forgets them; without effect when there is nobody. */
  erase(customerId: string): Promise<void>;
}

export interface ErasesAccounts {
  erase(customerId: string): Promise<void>;
}
