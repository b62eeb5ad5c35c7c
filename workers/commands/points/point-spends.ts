/** 积分抵钱 and its undoing, for whoever waits at a till. The same receipt, however often, is one. */
import {
  EventId,
  type CouponRef,
  type MemberId,
  type PointsPaid,
  type PointSpendMiss,
  type PointSpendUndone,
  type StoreId,
} from '../../../schema/index.ts';
import { readSpendDone, type SpendDone } from '../../db/points/point-spends.ts';
import type { Engine } from '../../engine/engine.ts';
import { newId } from '../../platform/digest.ts';
import { resultOf, run } from '../run.ts';

type PointSpendAsked = {
  readonly memberId: MemberId;
  readonly ref: CouponRef;
  readonly storeId: StoreId;
  readonly points: number;
  readonly payableFen: number;
  readonly by: string | null;
};

export type PointSpendAnswer =
  /** New is what was not done before. */
  | { readonly done: SpendDone; readonly isNew: boolean }
  | { readonly miss: PointSpendMiss }
  | { readonly isNobody: true }
  /** The outcome is unknown; the same again finds out. */
  | { readonly undecided: true };

const common = (now: number) => ({ id: EventId.parse(newId('pp')), namespace: '', occurredAt: now }) as const;

export const payWithPoints = (
  engine: Engine,
  asked: PointSpendAsked,
  now: number,
): Promise<PointSpendAnswer> => settle(engine, { ...common(now), ...asked, type: 'points.paid' }, now);

export const undoPointSpend = (
  engine: Engine,
  asked: Pick<PointSpendAsked, 'memberId' | 'ref'>,
  now: number,
): Promise<PointSpendAnswer> => settle(engine, { ...common(now), ...asked, type: 'point_spend.undone' }, now);

async function settle(
  engine: Engine,
  event: PointsPaid | PointSpendUndone,
  now: number,
): Promise<PointSpendAnswer> {
  const ran = await run(engine, event, now, () => readSpendDone(engine.db, event.ref));
  if (ran.verdict === 'refused') {
    const { refusal } = ran;
    if (refusal.code === 'NO_MEMBER') return { isNobody: true };
    if (refusal.code === 'POINT_SPEND') return { miss: refusal.miss };
    throw new Error(`points as money were refused with ${refusal.code}`);
  }
  const done = resultOf(ran);
  return done ? { done, isNew: ran.verdict === 'applied' } : { undecided: true };
}
