/** What came back about a mail. Its addresses are a person's: they go no further than the suppression list. */
export interface Feedback {
  /** The provider's id of the mail. */
  providerId: string;
  outcome: 'BOUNCED' | 'COMPLAINED';
  reason: string;
  /** True where no later mail would arrive either. */
  permanent: boolean;
  recipients: string[];
}
