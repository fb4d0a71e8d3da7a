import { type Clock, iso } from '../../../shared/kernel/time';
import { type Click, type ClickLine, type Device, type Filtered, wellFormed } from '../domain/click';
import { clickKey, filteredKey } from '../domain/click-key';
import type { ClickStream, Tally } from '../ports/clicks';

/** Who sent it, as far as we want to know. */
export interface Visitor {
  isBot: boolean;
  device: Device;
  referrer: string | undefined;
  /** `Sec-GPC: 1`: the clicks count, the session is nobody's business. */
  optedOut: boolean;
}

export interface IngestClicks {
  sessionId: string;
  /** All events as sent. */
  events: readonly unknown[];
  /** Those that have the form of a click. */
  clicks: readonly Click[];
  visitor: Visitor;
  correlationId: string;
}

type Known = Pick<ClickLine, 'receivedAt' | 'correlationId'>;

const filteredLine = (call: IngestClicks, kind: Filtered, count: number, known: Known): ClickLine => ({
  key: filteredKey(call.sessionId, kind, call.events),
  kind,
  at: known.receivedAt,
  count,
  ...known,
});

function clickLine({ sessionId, visitor }: IngestClicks, click: Click, known: Known): ClickLine {
  const { id, kind, page, productId, at, campaign } = click;
  const { device, referrer, optedOut } = visitor;
  const key = clickKey(sessionId, id);
  return {
    key,
    kind,
    at,
    ...known,
    ...(optedOut ? {} : { id, sessionId }),
    page,
    productId,
    campaign,
    device,
    referrer,
  };
}

/** One call becomes one record; a bot's or a malformed event is not a click, and is counted as what it is. */
export async function ingestClicks(
  { stream, tally, clock }: { stream: ClickStream; tally: Tally; clock: Clock },
  call: IngestClicks,
): Promise<{ accepted: number; rejected: number }> {
  const now = clock();
  const known: Known = { receivedAt: iso(now), correlationId: call.correlationId };
  const good = call.visitor.isBot ? [] : call.clicks.flatMap((click) => wellFormed(click, now) ?? []);
  const rejected = call.events.length - good.length;
  const why: Filtered = call.visitor.isBot ? 'bot' : 'malformed';
  const lines = [
    ...good.map((click) => clickLine(call, click, known)),
    ...(rejected > 0 ? [filteredLine(call, why, rejected, known)] : []),
  ];
  // Of somebody who opted out a call is told by its first click, so that the same call goes the same way.
  const partition = call.visitor.optedOut ? (lines[0]?.key ?? '') : call.sessionId;
  await stream.append(partition, lines);
  tally.count('clicksAccepted', good.length);
  if (rejected > 0) tally.filtered(why, rejected);
  return { accepted: good.length, rejected };
}
