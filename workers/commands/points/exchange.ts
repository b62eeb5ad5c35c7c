/** 积分兑换 and its undoing: for whoever waits. The same wish, however often, is one, and answers with the same coupon. */
import {
  EventId,
  ExchangeId,
  type ExchangeItemId,
  type ExchangeUndone,
  type MemberId,
  type PointsExchanged,
  type StoreId,
} from '../../../schema/index.ts';
import { readExchange, type ExchangeDone } from '../../db/points/exchanges.ts';
import type { ExchangeNot } from '../../decide/money/exchanges.ts';
import type { Engine } from '../../engine/engine.ts';
import { resultOf, run } from '../run.ts';

export type Exchanging = {
  readonly id: EventId;
  readonly memberId: MemberId;
  readonly itemId: ExchangeItemId;
  readonly points: number | null;
  readonly storeId: StoreId | null;
  readonly by: string | null;
};

export type Exchanged =
  | { readonly done: ExchangeDone }
  | { readonly miss: ExchangeNot }
  | { readonly isNobody: true }
  /** The outcome is unknown; the same wish again finds out. */
  | { readonly undecided: true };

export const exchangePoints = (engine: Engine, asked: Exchanging, now: number): Promise<Exchanged> =>
  settle(engine, { ...asked, type: 'points.exchanged', namespace: '', occurredAt: now }, now);

export async function undoExchange(
  engine: Engine,
  asked: Pick<ExchangeUndone, 'id' | 'exchangeId' | 'by' | 'reason'>,
  now: number,
): Promise<Exchanged> {
  const known = await readExchange(engine.db, asked.exchangeId);
  if (!known) return { miss: { reason: 'UNKNOWN_EXCHANGE' } };
  const { couponId } = known.exchange;
  const common = { type: 'exchange.undone', namespace: '', occurredAt: now } as const;
  return settle(engine, { ...asked, ...common, couponId }, now);
}

async function settle(
  engine: Engine,
  event: PointsExchanged | ExchangeUndone,
  now: number,
): Promise<Exchanged> {
  const id = event.type === 'points.exchanged' ? ExchangeId.parse(event.id) : event.exchangeId;
  const ran = await run(engine, event, now, () => readExchange(engine.db, id));
  if (ran.verdict === 'refused') {
    const { refusal } = ran;
    if (refusal.code === 'NO_MEMBER') return { isNobody: true };
    if (refusal.code === 'POINTS_SHORT') return { miss: refusal };
    if (refusal.code === 'EXCHANGE') return { miss: refusal.miss };
    throw new Error(`an exchange was refused with ${refusal.code}`);
  }
  const done = resultOf(ran);
  return done ? { done } : { undecided: true };
}
