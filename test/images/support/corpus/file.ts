import type { ContentType, RejectionReason } from '../../../../services/images/domain/image';

/** One file of the hostile corpus: all of it is made by code, so that nobody has to trust a binary. */
export interface CorpusFile {
  name: string;
  /** What its sender says it is. */
  type: ContentType;
  /** The one right end of it. */
  verdict: 'PROCESSED' | RejectionReason;
  /** What it may take, where a test cannot wait for all that the function gives it. */
  seconds?: number;
  bytes: () => Buffer | Promise<Buffer>;
}
