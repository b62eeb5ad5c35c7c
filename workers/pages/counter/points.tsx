/** 用积分抵: what the customer's points take off this bill, by one touch, and the way back for what was done by mistake. */
import type { FC } from 'hono/jsx';
import type { PointsAsMoney, PointSpend } from '../../../schema/index.ts';
import type { MemberHoldings } from '../../db/members/members.ts';
import { heldPoints } from '../../decide/money/held.ts';
import { yuanFigure } from '../../decide/plain/yuan.ts';
import { usableOf } from '../../decide/points/as-money.ts';
import { openOf } from '../../decide/points/given-back.ts';
import { rateWords } from '../../words/holdings/points-words.ts';
import { grouped, momentOf } from '../words.ts';
import type { Asked } from './asked.ts';
import type { Clerk } from './clerk.ts';
import { Hidden } from './desk.tsx';
import { carried } from './found.tsx';

type PayProps = {
  readonly clerk: Clerk;
  readonly asked: Asked;
  readonly holder: MemberHoldings;
  readonly rules: PointsAsMoney;
  /** Hers of today, the newest first. */
  readonly spends: readonly PointSpend[];
};

export const PayWithPoints: FC<PayProps> = ({ clerk, asked, holder: { member, points }, rules, spends }) => {
  const { spendable } = heldPoints(points, clerk.now);
  const { payableFen } = asked;
  const usable = payableFen === null ? null : usableOf(rules, spendable, payableFen);
  return (
    <section class="sheet" aria-labelledby="points">
      <h2 id="points">积分 {grouped(Math.max(0, spendable))}</h2>
      <p class="hint">
        {rateWords(rules)}
        {usable === null && '。要看能抵多少：请填这单多少元，再查一次。'}
        {usable?.points === 0 && '。这单现在不能用积分抵。'}
      </p>
      {usable !== null && usable.points > 0 && (
        <form method="post" action={clerk.path}>
          <Hidden clerk={clerk} fields={{ act: 'pay', ...carried(asked), member: member.id }} />
          <p class="note good">
            最多用 {grouped(usable.points)} 分，抵 {yuanFigure(usable.offFen)} 元，还收{' '}
            {yuanFigure((payableFen ?? 0) - usable.offFen)} 元。还要用券的，先用券。
          </p>
          <div class="field">
            <label for="pointsUsed">用多少积分</label>
            <input
              id="pointsUsed"
              name="points"
              value={usable.points}
              inputmode="numeric"
              autocomplete="off"
              maxlength={9}
            />
          </div>
          <p class="buttons">
            <button class={clerk.looks.first}>用积分抵</button>
          </p>
        </form>
      )}
      {spends.map((spend) => (
        <Spent clerk={clerk} spend={spend} />
      ))}
    </section>
  );
};

const undoMs = 30 * 60_000;

/** With the way back, for half an hour and where something is left to go back. */
export const Spent: FC<{ clerk: Clerk; spend: PointSpend }> = ({ clerk, spend }) => {
  const { id, memberId, points, offFen, payableFen, at, by } = spend;
  const isOpen = openOf(spend) > 0;
  return (
    <div class="use" data-spend={id}>
      <p>
        {momentOf(at, clerk.now)} 用 {grouped(points)} 积分抵 {yuanFigure(offFen)} 元，还收{' '}
        {yuanFigure(payableFen - offFen)} 元
      </p>
      {by !== null && (
        <p class="hint">
          {by}
          {!isOpen && '，已撤销或退回'}
        </p>
      )}
      {isOpen && clerk.now - at <= undoMs && (
        <form method="post" action={clerk.path}>
          <Hidden clerk={clerk} fields={{ act: 'unpay', member: memberId, ref: id }} />
          <button class={clerk.looks.other}>撤销</button>
        </form>
      )}
    </div>
  );
};
