/** What came back about a mail. Its addresses are a person's: they go no further than the suppression list. */
export interface Feedback {
  /** Our id of the mail, as it went out with it; undefined for a mail that carried none. */
  messageId: string | undefined;
  outcome: 'BOUNCED' | 'COMPLAINED';
  reason: string;
  /** True where no later mail would arrive either. */
  permanent: boolean;
  recipients: string[];
}
