import {
  dimensionOf,
  type Figures,
  minutesOf,
  newestFirst,
  type Range,
  show,
  type View,
} from '../domain/view';
import type { ClickFigures } from '../ports/clicks';

export interface ReadClickFigures {
  view: View;
  range: Range;
  limit: number;
  /** The last of the page before. */
  after?: Omit<Figures, 'counts'>;
}

/** A question's range, in whole minutes. */
export const rangeOf = (from: number, to: number): Range => minutesOf(from, to);

/** A summary shows at least one of its parts a minute, so `limit + 1` minutes behind the last are always enough. */
async function shown(
  { figures }: { figures: ClickFigures },
  { view, range, limit, after }: ReadClickFigures,
): Promise<Figures[]> {
  const dimension = dimensionOf(view);
  if (dimension !== 'summary') return figures.page(dimension, range, limit + 1, after);
  const found: Figures[] = [];
  let upTo = after ? { ...range, to: after.minute } : range;
  for (;;) {
    const page = await figures.page(dimension, upTo, limit + 1);
    const parts = page.flatMap((one) => show(view, one));
    found.push(...parts.filter((one) => !after || newestFirst(one, after) > 0));
    const last = page.at(-1);
    if (found.length > limit || page.length <= limit || !last) break;
    upTo = { ...range, to: new Date(Date.parse(last.minute) - 1).toISOString() };
  }
  return found.sort(newestFirst);
}

/** A page of the figures, newest minute first, and the one after which the next page starts. */
export async function readClickFigures(
  ports: { figures: ClickFigures },
  question: ReadClickFigures,
): Promise<{ items: Figures[]; next?: Figures }> {
  const found = await shown(ports, question);
  const items = found.slice(0, question.limit);
  return { items, next: found.length > question.limit ? items.at(-1) : undefined };
}
