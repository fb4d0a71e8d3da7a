import type { Refusal } from '../../../shared/kernel/refusal';
import type { Clock } from '../../../shared/kernel/time';
import { type Arrival, arrive, type ChargeRequest } from '../domain/arrival';
import { chargeId, type StoredReply } from '../domain/entry';
import { behaviourOf } from '../domain/tokens';
import type { Ledger } from '../ports/ledger';

export interface Counter {
  ledger: Ledger;
  clock: Clock;
  wait: (milliseconds: number) => Promise<void>;
  /** Where the customer's actions are taken. */
  actionsUrl: string;
}

/** One charge a key, whatever arrives and however often. A slow charge can be abandoned while it is under way. */
export async function chargeCard(counter: Counter, request: ChargeRequest): Promise<StoredReply | Refusal> {
  const { ledger, clock, wait, actionsUrl } = counter;
  const { delay, lateAnswer } = behaviourOf(request.token);
  const id = chargeId(request.key);
  if (delay && !(await ledger.find(id))) await wait(delay);
  const { answer, fresh } = await ledger.change<StoredReply | Refusal, Arrival>(id, (found) =>
    arrive(found, request, clock(), actionsUrl),
  );
  if (fresh && lateAnswer) await wait(lateAnswer);
  return answer;
}
