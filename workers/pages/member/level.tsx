/** 我的等级: what she is and until when, what it brings, what is missing to the next, and all the levels there are. */
import type { FC } from 'hono/jsx';
import { findMembers, type MemberHoldings } from '../../db/members/members.ts';
import { cashBackOf } from '../../decide/levels/cash-back.ts';
import { progressOf, type Progress } from '../../decide/levels/progress.ts';
import { isRuled } from '../../decide/levels/rules.ts';
import { shopDay } from '../../decide/money/lots.ts';
import { benefitWords, cashBackWords, nextLevelWords, reachWords } from '../../words/levels.ts';
import { page } from '../page.ts';
import { homePath, levelPath } from '../paths.ts';
import { Message } from '../ui/message.tsx';
import { message } from '../ui/view.ts';
import { dayOf } from '../words.ts';
import { memberOnly } from './gate.ts';

export const levelPage = page({
  path: levelPath,
  title: '我的等级',
  who: memberOnly,
  get: async ({ deps, key, now }) => {
    const [holdings] = await findMembers(deps.engine.db, key);
    if (!holdings || holdings.levels.list.length === 0)
      return message(
        <Message title="这家店没有会员等级" action={{ href: homePath, label: '去会员中心' }}>
          积分和券在会员中心里看。
        </Message>,
        404,
      );
    return { body: <Level holdings={holdings} now={now} /> };
  },
});

type Props = { readonly holdings: MemberHoldings; readonly now: number };

const Level: FC<Props> = ({ holdings, now }) => {
  const { levels, balances, cashBack } = holdings;
  const progress = progressOf({ ...holdings, growth: balances.get('growth') ?? 0 }, now);
  const { level, rule, lastOn } = progress;
  const missing = nextLevelWords(progress);
  const benefits = rule ? benefitWords(rule, levels) : [];
  const ceiling = cashBackOf(levels, level, cashBack, shopDay(now));
  return (
    <section aria-labelledby="level">
      <h1 id="level">我的等级</h1>
      <p class="guide" data-level="now">
        {level === null ? '您还没有等级。' : `您是${level}`}
        {level !== null && (lastOn === null ? '。' : `，到 ${dayOf(lastOn, now)}（当天还算）。`)}
        {missing !== null && (
          <>
            <br />
            {missing}。
          </>
        )}
      </p>
      {level !== null && (
        <>
          <h2>{level}的权益</h2>
          {benefits.length === 0 && <p class="empty">这一级没有另外的优惠。</p>}
          <ul data-level="benefits">
            {benefits.map((one) => (
              <li>{one}</li>
            ))}
          </ul>
          {ceiling && <p class="terms">{cashBackWords(ceiling)}。</p>}
        </>
      )}
      <All levels={levels} progress={progress} />
      <p class="leave">
        <a href={homePath}>回会员中心</a>
      </p>
    </section>
  );
};

/** 全部等级, the highest first, as they are dreamt of. */
const All: FC<Pick<MemberHoldings, 'levels'> & { readonly progress: Progress }> = ({ levels, progress }) => (
  <>
    <h2>全部等级</h2>
    <ul class="coupons">
      {levels.list.toReversed().map((rule) => (
        <li class={rule.name === progress.level ? 'ticket' : 'ticket later'}>
          <div>
            <h3>
              {rule.name}
              {rule.name === progress.level && ' · 您在这一级'}
            </h3>
            {isRuled(levels) && <p>{reachWords(rule, levels)}</p>}
            <p>{benefitWords(rule, levels).join('；')}</p>
          </div>
        </li>
      ))}
    </ul>
    {isRuled(levels) && <p class="terms">{termsOf(levels)}</p>}
  </>
);

function termsOf({ keeping }: MemberHoldings['levels']): string {
  const comes = '买完就升级，下一次消费起享受新的权益；退了货，下一次消费时重算。';
  if (keeping.mode === 'always') return `${comes}到手的等级一直有效。`;
  const { months, afterwards } = keeping;
  const falls = afterwards === 'down' ? '不够就降一级' : '不够就按这段时间的消费定级';
  return `${comes}等级管 ${months} 个月：这 ${months} 个月里的消费还够得上，就再管 ${months} 个月；${falls}。`;
}
