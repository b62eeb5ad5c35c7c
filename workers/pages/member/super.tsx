/** 我的超级会员: whether she is one and until when, what she bought, and what the shop sells. */
import type { FC } from 'hono/jsx';
import type { SuperPlan } from '../../../schema/index.ts';
import { readSettings } from '../../db/shop/settings.ts';
import { readMemberships, type SoldMembership } from '../../db/super/memberships.ts';
import { isSuper } from '../../decide/super/spans.ts';
import { standingOf } from '../../decide/super/standing.ts';
import { lastsWords, refundRuleWords, superStandingNames } from '../../words/holdings/super-words.ts';
import { page } from '../page.ts';
import { superPath } from '../paths.ts';
import { lastMomentOf, momentOf, money } from '../words.ts';
import { holdingsOf, memberOnly } from './gate.ts';
import { BackHome } from './rooms/rows.tsx';

export const superPage = page({
  path: superPath,
  title: '超级会员',
  who: memberOnly,
  get: async (visit) => {
    const { db } = visit.deps.engine;
    const { member } = await holdingsOf(visit);
    const [bought, { superMembership }] = await Promise.all([
      readMemberships(db, member.id),
      readSettings(db),
    ]);
    return {
      body: (
        <section aria-labelledby="super">
          <h1 id="super">超级会员</h1>
          <Now superUntil={member.superUntil} now={visit.now} isSold={superMembership.plans.length > 0} />
          {superMembership.plans.length > 0 && <Plans plans={superMembership.plans} />}
          {bought.length > 0 && <Bought bought={bought} now={visit.now} />}
          <BackHome />
        </section>
      ),
    };
  },
});

type NowProps = { readonly superUntil: number | null; readonly now: number; readonly isSold: boolean };

const Now: FC<NowProps> = ({ superUntil, now, isSold }) => {
  const isOne = isSuper({ superUntil }, now);
  const to = superUntil === null ? '' : lastMomentOf(superUntil, now);
  return (
    <p class="guide" data-super={isOne ? 'yes' : 'no'}>
      {isOne ? `您是超级会员，到 ${to}。` : `您${superUntil === null ? '还' : '现在'}不是超级会员。`}
      {!isOne && superUntil !== null && `上一次到 ${to}。`}
      {isSold && (isOne ? '到店续费，接在后面算。' : '到店里就能开通。')}
    </p>
  );
};

const Plans: FC<{ plans: readonly SuperPlan[] }> = ({ plans }) => (
  <>
    <h2>店里的方案</h2>
    <ul class="coupons">
      {plans.map((plan) => (
        <li class="ticket">
          <div>
            <h3>
              {plan.name} · {money(plan.priceFen)} 元
            </h3>
            <p>
              {lastsWords(plan)}；{refundRuleWords(plan)}
            </p>
          </div>
        </li>
      ))}
    </ul>
  </>
);

const Bought: FC<{ bought: readonly SoldMembership[]; now: number }> = ({ bought, now }) => (
  <>
    <h2>买过的</h2>
    <ul class="coupons">
      {bought.map(({ row }) => {
        const standing = standingOf(row, now);
        return (
          <li class={standing === 'running' ? 'ticket' : 'ticket later'}>
            <div>
              <h3>
                {row.plan} · {superStandingNames[standing]}
              </h3>
              <p>
                {momentOf(row.fromAt, now)} 到 {lastMomentOf(row.untilAt, now)}
              </p>
              <p>
                实付 {money(row.paidFen)} 元
                {row.endedAs === null ? `；${refundRuleWords(row)}` : `，退了 ${money(row.backFen)} 元`}
              </p>
            </div>
          </li>
        );
      })}
    </ul>
  </>
);
