import type { Refusal } from '../../../shared/kernel/refusal';
import type { Clock } from '../../../shared/kernel/time';
import { type ChargeView, chargeId, type Decision, type StoredReply } from '../domain/entry';
import {
  type Abandoned,
  abandon,
  type CaptureRequest,
  capture,
  dispute,
  type Operation,
  operate,
  type RefundRequest,
  refundCharge,
} from '../domain/operations';
import type { Ledger } from '../ports/ledger';

interface Back {
  ledger: Ledger;
  clock: Clock;
}

export async function changeCharge(
  { ledger, clock }: Back,
  id: string,
  operation: Operation,
): Promise<ChargeView | Refusal> {
  const { answer } = await ledger.change<ChargeView | Refusal, Decision<ChargeView | Refusal>>(id, (found) =>
    operate(found, operation, clock()),
  );
  return answer;
}

export async function captureCharge(
  { ledger, clock }: Back,
  id: string,
  request: CaptureRequest,
): Promise<ChargeView | Refusal> {
  const { answer } = await ledger.change<ChargeView | Refusal, Decision<ChargeView | Refusal>>(id, (found) =>
    capture(found, request, clock()),
  );
  return answer;
}

export async function disputeCharge(
  { ledger, clock }: Back,
  id: string,
  outcome: 'open' | 'won' | 'lost',
): Promise<ChargeView | Refusal> {
  const { answer } = await ledger.change<ChargeView | Refusal, Decision<ChargeView | Refusal>>(id, (found) =>
    dispute(found, outcome, clock()),
  );
  return answer;
}

export async function giveBack(
  { ledger, clock }: Back,
  id: string,
  request: RefundRequest,
): Promise<StoredReply | Refusal> {
  const { answer } = await ledger.change<StoredReply | Refusal, Decision<StoredReply | Refusal>>(
    id,
    (found) => refundCharge(found, request, clock()),
  );
  return answer;
}

export async function abandonKey({ ledger, clock }: Back, key: string): Promise<Abandoned> {
  const { answer } = await ledger.change<Abandoned, Decision<Abandoned>>(chargeId(key), (found) =>
    abandon(found, key, clock()),
  );
  return answer;
}
