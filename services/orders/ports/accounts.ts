export interface Accounts {
  /** The verified address of a customer's account, undefined when there is none. */
  emailOf(customerId: string): Promise<string | undefined>;
}
