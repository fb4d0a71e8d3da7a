/** The signed links that guests get by mail. */
export interface GuestLinks {
  /** The address of the shop's page for this order, with a fresh token. */
  linkTo(orderId: string, now: number): Promise<string>;
  opens(token: string, orderId: string, now: number): Promise<boolean>;
}

/** A name for an e-mail address that an index may hold: without the key nobody can tell whose it is. */
export interface HidesEmails {
  hashOf(email: string): Promise<string>;
}
