/** 今天核销的: by whom, where and when, and the way back for what was done by mistake. */
import type { FC } from 'hono/jsx';
import type { CounterUse } from '../../db/coupons/counter.ts';
import { codeOfCoupon } from '../../decide/coupons/life.ts';
import { yuanFigure } from '../../decide/plain/yuan.ts';
import { inFours, momentOf } from '../words.ts';
import type { Clerk } from './clerk.ts';
import { Hidden } from './desk.tsx';

/** 刚核销的: with what is still to be paid, and the way to use another for the same bill. */
export const JustUsed: FC<{ use: CounterUse }> = ({ use: { move, coupon, template } }) => {
  const left = coupon.onFen === null || !move.offFen ? null : coupon.onFen - move.offFen;
  return (
    <p class="note good" role="status">
      已核销：{template?.definition.name ?? '优惠券'}
      {move.offFen ? `，减 ${yuanFigure(move.offFen)} 元` : ''}
      {left === null ? '' : `，还收 ${yuanFigure(left)} 元`}。
    </p>
  );
};

export const JustUndone: FC = () => (
  <p class="note good" role="status">
    已撤销，这张券又可以用了。
  </p>
);

const undoMs = 30 * 60_000;

type UsesProps = { readonly clerk: Clerk; readonly uses: readonly CounterUse[] };

/** Undone, given back or used again since: it has no button any more. */
export const Uses: FC<UsesProps> = ({ clerk, uses }) => (
  <section class="sheet" aria-labelledby="uses">
    <h2 id="uses">今天核销的券</h2>
    {uses.length === 0 && <p class="empty">今天还没有。</p>}
    {uses.map(({ move, coupon, template, storeName }) => {
      const isCurrent = coupon.state === 'used' && coupon.endedAt === move.at;
      return (
        <div class="use" data-use={move.seq}>
          <p>
            {momentOf(move.at, clerk.now)} {template?.definition.name ?? '优惠券'}
            {move.offFen ? `，减 ${yuanFigure(move.offFen)} 元` : ''}
          </p>
          <p class="hint">
            {inFours(codeOfCoupon(coupon))}，{move.by}，{storeName ?? '没有门店'}
            {!isCurrent && '，已撤销或退回'}
          </p>
          {isCurrent && clerk.now - move.at <= undoMs && (
            <form method="post" action={clerk.path}>
              <Hidden clerk={clerk} fields={{ act: 'undo', seq: String(move.seq) }} />
              <button class={clerk.looks.other}>撤销</button>
            </form>
          )}
        </div>
      );
    })}
  </section>
);
