/** What a mail says, once, for its HTML and its text part. */
export interface MailWords {
  subject: string;
  /** Shown behind the subject in a list of mails. */
  preheader: string;
  label: string;
  headline: string;
  paragraphs: string[];
  /** The one thing the reader must not miss. */
  note: string;
  dateLabel: string;
  linesLabel: string;
  totalLabel: string;
  addressLabel: string;
  /** On the button that opens the order, where there is a link. */
  linkLabel: string;
}
