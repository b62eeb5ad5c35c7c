/** 办储值: put in, spend, give back, call off, pay out, for whoever waits at a counter. The same number, however often, is one. */
import {
  EventId,
  type CashOutData,
  type MemberId,
  type RechargeData,
  type RechargeId,
  type RechargeReversalData,
  type StoredMiss,
  type StoredMoveId,
  type StoredRefundData,
  type StoredSpendData,
  type StoredValueCashedOut,
  type StoredValueCorrected,
  type StoredValueRecharged,
  type StoredValueRefunded,
  type StoredValueReversed,
  type StoredValueSpent,
} from '../../../schema/index.ts';
import { readRecharged, readStoredMove, type StoredDone } from '../../db/stored/stored-value.ts';
import type { Parts } from '../../decide/stored/parts.ts';
import type { Engine } from '../../engine/engine.ts';
import { newId } from '../../platform/digest.ts';
import { resultOf, run } from '../run.ts';

export type StoredAnswer =
  | { readonly done: StoredDone }
  | { readonly miss: StoredMiss }
  | { readonly isNobody: true }
  /** The outcome is unknown; the same again finds out. */
  | { readonly undecided: true };

/** `number` is as the source's receipts are known: `{namespace}:{number}`. */
type Asked<Data> = { readonly memberId: MemberId; readonly number: string; readonly data: Data };

export const rechargeIdOf = (number: string): RechargeId => number as RechargeId;
export const spendingIdOf = (number: string): StoredMoveId => `spent:${number}` as StoredMoveId;

const base = (now: number) => ({ id: EventId.parse(newId('sv')), namespace: '', occurredAt: now }) as const;
const common = (now: number) => ({ ...base(now), isAsked: true }) as const;

export function topUp(
  engine: Engine,
  { number, ...asked }: Asked<RechargeData>,
  now: number,
): Promise<StoredAnswer> {
  const rechargeId = rechargeIdOf(number);
  const event: StoredValueRecharged = {
    ...common(now),
    ...asked,
    type: 'stored_value.recharged',
    rechargeId,
  };
  return settle(engine, event, now, () => readRecharged(engine.db, rechargeId));
}

export function spendStored(
  engine: Engine,
  { number, ...asked }: Asked<StoredSpendData>,
  now: number,
): Promise<StoredAnswer> {
  const moveId = spendingIdOf(number);
  return moving(engine, { ...common(now), ...asked, type: 'stored_value.spent', moveId }, now);
}

export function refundStored(
  engine: Engine,
  { number, ...asked }: Asked<StoredRefundData> & { readonly spendingId: StoredMoveId },
  now: number,
): Promise<StoredAnswer> {
  const moveId = `refunded:${number}` as StoredMoveId;
  return moving(engine, { ...common(now), ...asked, type: 'stored_value.refunded', moveId }, now);
}

export function reverseTopUp(
  engine: Engine,
  { number, ...asked }: Asked<RechargeReversalData>,
  now: number,
): Promise<StoredAnswer> {
  const rechargeId = rechargeIdOf(number);
  const moveId = `reversed:${number}` as StoredMoveId;
  return moving(engine, { ...common(now), ...asked, type: 'stored_value.reversed', rechargeId, moveId }, now);
}

export function cashOut(
  engine: Engine,
  { number, ...asked }: Asked<CashOutData>,
  now: number,
): Promise<StoredAnswer> {
  const moveId = `cashed-out:${number}` as StoredMoveId;
  return moving(engine, { ...common(now), ...asked, type: 'stored_value.cashed_out', moveId }, now);
}

/** 更正储值: of either sign; the reason stands in the audit. */
export function correctStored(
  engine: Engine,
  {
    memberId,
    number,
    parts,
  }: { readonly memberId: MemberId; readonly number: string; readonly parts: Parts },
  now: number,
): Promise<StoredAnswer> {
  const moveId = `corrected:by-hand:${number}` as StoredMoveId;
  return moving(engine, { ...base(now), ...parts, memberId, type: 'stored_value.corrected', moveId }, now);
}

type Moving =
  | StoredValueCorrected
  | StoredValueSpent
  | StoredValueRefunded
  | StoredValueReversed
  | StoredValueCashedOut;

const moving = (engine: Engine, event: Moving, now: number): Promise<StoredAnswer> =>
  settle(engine, event, now, () => readStoredMove(engine.db, event.moveId));

async function settle(
  engine: Engine,
  event: Moving | StoredValueRecharged,
  now: number,
  read: () => Promise<StoredDone | null>,
): Promise<StoredAnswer> {
  const ran = await run(engine, event, now, read);
  if (ran.verdict === 'refused') {
    if (ran.refusal.code === 'NO_MEMBER') return { isNobody: true };
    if (ran.refusal.code === 'STORED') return { miss: ran.refusal.miss };
    throw new Error(`stored value was refused with ${ran.refusal.code}`);
  }
  const done = resultOf(ran);
  return done ? { done } : { undecided: true };
}
