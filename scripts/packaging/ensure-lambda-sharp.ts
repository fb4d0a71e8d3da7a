import { Problem } from '../local/problem';
import type { Progress } from '../local/progress';
import { install, missing } from './lambda-sharp.cjs';

/** What a package for AWS needs beyond what npm installs on this machine. */
export async function ensureLambdaSharp(progress: Progress): Promise<void> {
  for (const wanted of missing()) {
    await progress.step(`Fetching ${wanted.name} ${wanted.version} (once)`, async () => fetch(wanted));
  }
}

function fetch(wanted: ReturnType<typeof missing>[number]): void {
  try {
    install(wanted);
  } catch (error) {
    throw new Problem(
      `${wanted.name}@${wanted.version}, which runs on Lambda, could not be fetched: ${(error as Error).message}`,
      'Packaging for AWS needs the npm registry once after each npm install; with it, npm rebuild or this command again.',
      { cause: error },
    );
  }
}
