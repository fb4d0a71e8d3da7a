/** A failure the reader can act on: what happened, and the way out. */
export class Problem extends Error {
  constructor(
    message: string,
    readonly wayOut: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'Problem';
  }
}

/** Runs a command-line program; a Problem prints two lines, anything else its stack. */
export async function run(main: () => Promise<number | undefined>): Promise<void> {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    process.exitCode = 1;
    if (error instanceof Problem) {
      console.error(`\n✗ ${error.message}\n  → ${error.wayOut}`);
    } else {
      console.error(error);
    }
  }
}
