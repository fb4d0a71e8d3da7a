import type { CorpusFile } from './file';
import { jpegs } from './jpeg';
import { pngs } from './png';
import { misnamed, strangers } from './strangers';
import { avifs, webps } from './webp-avif';

export type { CorpusFile } from './file';

/** Files that hurt decoders, or those who look at what came out of them, and how each has to end. */
export const corpus: readonly CorpusFile[] = [
  ...pngs,
  ...jpegs,
  ...webps,
  ...avifs,
  ...strangers,
  ...misnamed,
];
