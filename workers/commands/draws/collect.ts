/** 领奖 at a counter: what was won is found by its code and handed over, once. */
import type { EventId, PrizeCollected, StoreId } from '../../../schema/index.ts';
import { drawByCode, readDraw, type DrawDone } from '../../db/draws/draws.ts';
import { codeTyped } from '../../decide/coupons/codes.ts';
import { collectMiss, type PrizeMiss } from '../../decide/draws/lottery.ts';
import type { Engine } from '../../engine/engine.ts';
import { resultOf, run } from '../run.ts';

export type Collecting = {
  readonly id: EventId;
  readonly code: string;
  readonly storeId: StoreId;
  readonly by: string;
};

export type Collected =
  /** `isNew` is false for a wish that was done before. */
  | { readonly done: DrawDone; readonly isNew: boolean }
  | { readonly miss: PrizeMiss }
  | { readonly undecided: true };

/** What a code stands for, however it was typed, and why it cannot be handed over now; null where it stands for nothing. */
export async function prizeShown(
  { db }: Engine,
  typed: string,
  now: number,
): Promise<{ readonly found: DrawDone; readonly miss: PrizeMiss | null } | null> {
  const code = codeTyped(typed);
  const found = code.length === codeLength ? await drawByCode(db, code) : null;
  return found && { found, miss: collectMiss(found.draw, found.lottery.definition, now) };
}

/** As decide/draws/draw.ts writes them; nothing else that is shown at a counter is as long. */
const codeLength = 12;

export async function collectPrize(engine: Engine, asked: Collecting, now: number): Promise<Collected> {
  const { id, code, storeId, by } = asked;
  const shown = await prizeShown(engine, code, now);
  if (!shown) return { miss: { reason: 'UNKNOWN_PRIZE' } };
  const { id: drawId, memberId, lotteryId } = shown.found.draw;
  const event: PrizeCollected = {
    type: 'prize.collected',
    id,
    namespace: '',
    occurredAt: now,
    memberId,
    drawId,
    lotteryId,
    storeId,
    by,
  };
  const ran = await run(engine, event, now, () => readDraw(engine.db, drawId));
  if (ran.verdict === 'refused') {
    if (ran.refusal.code === 'PRIZE') return { miss: ran.refusal.miss };
    throw new Error(`collecting a prize was refused with ${ran.refusal.code}`);
  }
  const done = resultOf(ran);
  return done ? { done, isNew: ran.verdict === 'applied' } : { undecided: true };
}
