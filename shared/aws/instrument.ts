import { currentInvocation } from '../lambda/invocation';
import { span } from '../lambda/tracing';

type Next = (args: { input: object }) => Promise<{ output: object }>;

interface Instrumentable {
  middlewareStack: {
    // Each client types its stack by its own inputs and outputs; this middleware works on any.
    // biome-ignore lint/suspicious/noExplicitAny: see above
    add(middleware: any, options: { step: 'initialize'; name: string }): void;
  };
}

interface Capacity {
  CapacityUnits?: number;
}

const WRITES = /^(Put|Update|Delete|TransactWrite|BatchWrite)/;

const unitsOf = (output: { ConsumedCapacity?: Capacity | Capacity[] }): number =>
  [output.ConsumedCapacity ?? []].flat().reduce((total, { CapacityUnits = 0 }) => total + CapacityUnits, 0);

/** Counts calls and write units for the invocation's closing log line, and makes each call a subsegment of its trace. */
export function instrument<C extends Instrumentable>(client: C, service: string): C {
  client.middlewareStack.add(
    (next: Next, context: { commandName?: string }) => async (args: { input: object }) => {
      const operation = context.commandName?.replace(/Command$/, '') ?? 'Unknown';
      const used = currentInvocation()?.used;
      if (service === 'DynamoDB') Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
      if (used) used.awsCalls += 1;
      const result = await span(service, () => next(args), { operation });
      if (used && WRITES.test(operation)) used.writeUnits += unitsOf(result.output);
      return result;
    },
    { step: 'initialize', name: 'instrument' },
  );
  return client;
}
