import type { Pings } from '../ports/pings';

/** Side by side; one that fails keeps no other cold. */
export async function warmUp(
  { pings }: { pings: Pings },
  functionKeys: readonly string[],
): Promise<{ warm: string[]; failed: string[] }> {
  const ended = await Promise.allSettled(functionKeys.map((key) => pings.ping(key)));
  const which = (status: string) => functionKeys.filter((_, index) => ended[index]?.status === status);
  return { warm: which('fulfilled'), failed: which('rejected') };
}
