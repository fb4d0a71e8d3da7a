interface Stacked {
  middlewareStack: {
    // Each client types its stack by its own inputs and outputs; this middleware works on any.
    // biome-ignore lint/suspicious/noExplicitAny: see above
    add(middleware: any, options: { step: 'serialize'; name: string }): void;
  };
}

function withheld(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const message = `${error.name}, in words that are withheld`;
  return Object.assign(error, { message, stack: `${error.name}: ${message}` });
}

/** For clients whose errors repeat an address or a number: neither a log nor a trace may have a person's data. */
export function withoutWords<C extends Stacked>(client: C): C {
  client.middlewareStack.add(
    (next: (args: unknown) => Promise<unknown>) => (args: unknown) =>
      next(args).catch((error: unknown) => {
        throw withheld(error);
      }),
    { step: 'serialize', name: 'withoutWords' },
  );
  return client;
}
