export interface Accounts {
  /** The address of a customer's account, undefined when there is none. */
  emailOf(customerId: string): Promise<string | undefined>;
}

export interface KnowsVerifiedEmails {
  /** The address, if its owner has shown that it is theirs. */
  verifiedEmailOf(customerId: string): Promise<string | undefined>;
}

export interface FindsAccounts {
  /** The customer who signs in with this address. */
  customerOf(email: string): Promise<string | undefined>;
}
