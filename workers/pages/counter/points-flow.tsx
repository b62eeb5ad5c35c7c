/** 柜台上用积分抵: done once for a bill, and undone by whoever stands in the same store. */
import type { Child } from 'hono/jsx';
import type { CouponRef, MemberId, PointSpend } from '../../../schema/index.ts';
import { personOf } from '../../commands/coupons/counter.ts';
import { payWithPoints, undoPointSpend, type PointSpendAnswer } from '../../commands/points/point-spends.ts';
import { pointSpendsOf, readPointSpend } from '../../db/points/point-spends.ts';
import { dayMs } from '../../decide/plain/dates.ts';
import type { Problem } from '../../platform/problem.ts';
import { pointSpendMissWords } from '../../words/misses/point-spend-misses.ts';
import type { Asked } from './asked.ts';
import type { Clerk } from './clerk.ts';
import { deskView, newBill, noBill, type DeskView } from './desk-view.tsx';
import { Spent } from './points.tsx';

const shownMax = 5;

const isSeen = ({ sees }: Clerk, { storeId }: PointSpend): boolean => sees === null || sees.includes(storeId);

/** Of the last day, where this colleague stands. */
export async function spentLately(clerk: Clerk, memberId: MemberId): Promise<PointSpend[]> {
  const { db } = clerk.deps.engine;
  const spends = await pointSpendsOf(db, memberId, { since: clerk.now - dayMs, limit: shownMax });
  return spends.filter((spend) => isSeen(clerk, spend));
}

/** What the bill still comes to, and the way back. */
export async function justPaid(clerk: Clerk, ref: string): Promise<Child> {
  const spend = await readPointSpend(clerk.deps.engine.db, ref as CouponRef);
  if (!spend || !isSeen(clerk, spend)) return null;
  return (
    <section class="sheet" role="status" aria-label="刚用积分抵的">
      <Spent clerk={clerk} spend={spend} />
    </section>
  );
}

type Paying = { readonly form: URLSearchParams; readonly ref: CouponRef | Problem | null };

export async function pay(clerk: Clerk, asked: Asked, { form, ref }: Paying): Promise<DeskView | Response> {
  const { deps, now, name, path, context } = clerk;
  const { storeId, payableFen, memberId, fault } = asked;
  const holder = memberId === null ? null : await personOf(deps.engine, memberId as MemberId);
  const points = pointsIn(form);
  const isWhole = holder !== null && payableFen !== null && storeId !== null && points !== null;
  if (fault || !isWhole)
    return deskView(clerk, asked, { holder, sorry: fault?.text ?? incomplete, status: 422 });
  if (typeof ref !== 'string') return deskView(clerk, asked, { holder, ...noBill });
  const wanted = { memberId: holder.member.id, ref, storeId, points, payableFen, by: name };
  const answer = await payWithPoints(deps.engine, wanted, now);
  if (!('done' in answer)) return deskView(clerk, asked, { holder, ...sorryFor(answer) });
  if (answer.isNew) await clerk.recordPoints?.('points.pay', answer.done.spend);
  return context.redirect(`${path}?paid=${encodeURIComponent(ref)}`, 303);
}

export async function unpay(clerk: Clerk, form: URLSearchParams): Promise<DeskView | Response> {
  const { deps, now, path, context } = clerk;
  const ref = (form.get('ref') ?? '') as CouponRef;
  const spend = await readPointSpend(deps.engine.db, ref);
  const isTheirs = spend !== null && isSeen(clerk, spend);
  const answer: PointSpendAnswer = isTheirs
    ? await undoPointSpend(deps.engine, { memberId: spend.memberId, ref }, now)
    : { miss: { reason: 'UNKNOWN_SPEND' } };
  if (!('done' in answer)) return deskView(clerk, newBill(clerk), sorryFor(answer));
  if (answer.isNew) await clerk.recordPoints?.('points.pay-undo', answer.done.spend);
  return context.redirect(`${path}?paid=${encodeURIComponent(ref)}`, 303);
}

const incomplete = '请先查到会员，填好这单多少元和用多少积分。';

/** 1,200 is 1200; null where it is no number of points. */
function pointsIn(form: URLSearchParams): number | null {
  const text = (form.get('points') ?? '').normalize('NFKC').replaceAll(/[,\s分]/g, '');
  return /^[1-9]\d{0,7}$/.test(text) ? Number(text) : null;
}

function sorryFor(answer: Exclude<PointSpendAnswer, { done: unknown }>) {
  if ('miss' in answer) return { sorry: pointSpendMissWords(answer.miss), status: 409 as const };
  if ('isNobody' in answer) return { sorry: '没有这位会员了：请再查一次。', status: 409 as const };
  return { sorry: '没有办成：系统正忙，请再按一次，积分不会多扣。', status: 503 as const };
}
