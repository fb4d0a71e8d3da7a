import { type Clock, iso, MINUTE } from '../../../shared/kernel/time';
import { minuteOf } from '../domain/cell';
import { KINDS } from '../domain/click';
import { EARLIER_MINUTES, isSpike, SERIES, type Series, usualOf } from '../domain/spike';
import type { Figures } from '../domain/view';
import type { ClickFigures, Spike, SpikeAlerts } from '../ports/clicks';

export interface DetectSpikes {
  /** The minute to judge; the two that ended last unless given. */
  minute?: string;
  least: number;
}

/** A minute is looked at twice, since its last clicks may still be under way when it ends. */
const LOOKS = 2;

const COUNTED: Record<Series, readonly string[]> = { clicks: KINDS, bots: ['bot'] };

const sum = (series: Series, { counts }: Pick<Figures, 'counts'>): number =>
  COUNTED[series].reduce((total, name) => total + (counts[name] ?? 0), 0);

/** Tells of each minute that had far more than the quarter of an hour before it, once. */
export async function detectSpikes(
  { figures, alerts, clock }: { figures: ClickFigures; alerts: SpikeAlerts; clock: Clock },
  { minute, least }: DetectSpikes,
): Promise<Spike[]> {
  const last = minute ? Date.parse(minute) : clock() - MINUTE;
  const judged = Array.from({ length: minute ? 1 : LOOKS }, (_, back) => minuteOf(last - back * MINUTE));
  const from = minuteOf(last - (EARLIER_MINUTES + LOOKS) * MINUTE);
  const rows = await figures.page('summary', { from, to: minuteOf(last) }, EARLIER_MINUTES + LOOKS + 1);
  const spikes = judged.flatMap((at) => SERIES.flatMap((series) => spikeOf(rows, series, at, least) ?? []));
  const sent: Spike[] = [];
  for (const spike of spikes) {
    if (await alerts.wasSent(spike.series, spike.minute)) continue;
    await alerts.send(spike);
    sent.push(spike);
  }
  return sent;
}

function spikeOf(rows: readonly Figures[], series: Series, minute: string, least: number): Spike | undefined {
  const first = iso(Date.parse(minute) - EARLIER_MINUTES * MINUTE);
  const earlier = rows
    .filter((row) => row.minute >= first && row.minute < minute)
    .map((row) => sum(series, row));
  const count = rows.filter((row) => row.minute === minute).reduce((all, row) => all + sum(series, row), 0);
  return isSpike(count, earlier, least) ? { series, minute, count, usual: usualOf(earlier) } : undefined;
}
