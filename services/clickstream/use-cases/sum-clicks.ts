import { DAY, MINUTE } from '../../../shared/kernel/time';
import type { Figures } from '../domain/view';
import type { ClickFigures } from '../ports/clicks';
import { rangeOf } from './read-click-figures';

const PAGE = 360;

function addAll(sums: Record<string, number>, page: readonly Figures[]): void {
  for (const [what, many] of page.flatMap(({ counts }) => Object.entries(counts)))
    sums[what] = (sums[what] ?? 0) + many;
}

/** Everything that was counted on a day (UTC): kinds, sessions, devices, what was filtered. */
export async function sumClicks(
  { figures }: { figures: ClickFigures },
  { day }: { day: string },
): Promise<{ counts: Record<string, number> }> {
  const start = Date.parse(`${day}T00:00:00.000Z`);
  const counts: Record<string, number> = {};
  let before: Figures | undefined;
  for (;;) {
    const upTo = before ? Date.parse(before.minute) - MINUTE : start + DAY - 1;
    if (upTo < start) return { counts };
    const page = await figures.page('summary', rangeOf(start, upTo), PAGE);
    addAll(counts, page);
    before = page.at(-1);
    if (page.length < PAGE) return { counts };
  }
}
