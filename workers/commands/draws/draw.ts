/** 抽一次, for whoever waits. The same wish, however often, is one draw, and answers with the same prize. */
import {
  DrawId,
  type EventId,
  type LotteryDrawn,
  type LotteryId,
  type MemberId,
  type StoreId,
} from '../../../schema/index.ts';
import { readDraw, type DrawDone } from '../../db/draws/draws.ts';
import type { DrawNot } from '../../decide/draws/lottery.ts';
import type { Engine } from '../../engine/engine.ts';
import { resultOf, run } from '../run.ts';

export type Drawing = {
  readonly id: EventId;
  readonly memberId: MemberId;
  readonly lotteryId: LotteryId;
  readonly points: number | null;
  readonly storeId: StoreId | null;
  readonly by: string | null;
};

export type DrawAnswer =
  | { readonly done: DrawDone }
  | { readonly miss: DrawNot }
  | { readonly isNobody: true }
  /** The outcome is unknown; the same wish again finds out. */
  | { readonly undecided: true };

export async function drawOnce(engine: Engine, asked: Drawing, now: number): Promise<DrawAnswer> {
  const event: LotteryDrawn = { ...asked, type: 'lottery.drawn', namespace: '', occurredAt: now };
  const ran = await run(engine, event, now, () => readDraw(engine.db, DrawId.parse(asked.id)));
  if (ran.verdict === 'refused') {
    const { refusal } = ran;
    if (refusal.code === 'NO_MEMBER') return { isNobody: true };
    if (refusal.code === 'POINTS_SHORT') return { miss: refusal };
    if (refusal.code === 'DRAW') return { miss: refusal.miss };
    throw new Error(`a draw was refused with ${refusal.code}`);
  }
  const done = resultOf(ran);
  return done ? { done } : { undecided: true };
}
