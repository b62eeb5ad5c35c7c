/** 一个抽奖: its prizes with their odds, what a draw costs, and one button that means it. */
import type { FC } from 'hono/jsx';
import { defaultTimezone, EventId, LotteryId, type Lottery } from '../../../schema/index.ts';
import { drawOnce } from '../../commands/draws/draw.ts';
import { countsOf } from '../../db/draws/draws.ts';
import { readLottery } from '../../db/draws/lotteries.ts';
import type { MemberHoldings } from '../../db/members/members.ts';
import { leftOf, lotsOf } from '../../decide/draws/lottery.ts';
import { whyNot } from '../../decide/draws/offer.ts';
import { collectWords, drawNotWords } from '../../decide/draws/words.ts';
import { heldPoints } from '../../decide/money/held.ts';
import { shopDay } from '../../decide/money/lots.ts';
import { atHour } from '../../decide/plain/dates.ts';
import { yuanFigure } from '../../decide/plain/yuan.ts';
import { newWord } from '../keys.ts';
import { holdingsOf, memberOnly, type MemberVisit } from '../member/gate.ts';
import { page } from '../page.ts';
import { drawPath, drawResultAt } from '../paths.ts';
import { tokenField, tokenOf } from '../posted.tsx';
import { Message } from '../ui/message.tsx';
import { message, type Answered, type View } from '../ui/view.ts';
import { dayOf, grouped } from '../words.ts';

export const dayBegins = (now: number): number => atHour(shopDay(now), 0, defaultTimezone);

export const lotteryPage = page({
  path: `${drawPath}/:id`,
  title: '积分抽奖',
  who: memberOnly,
  get: async (visit) => {
    const [holdings, lottery] = [await holdingsOf(visit), await lotteryOf(visit)];
    return lottery ? asking(visit, { holdings, lottery }) : unknownLottery();
  },
  post: async (visit, form) => {
    const [holdings, lottery] = [await holdingsOf(visit), await lotteryOf(visit)];
    return lottery ? drawn(visit, { holdings, lottery }, form) : unknownLottery();
  },
});

type Of = { readonly holdings: MemberHoldings; readonly lottery: Lottery };

async function lotteryOf({ context, deps }: MemberVisit): Promise<Lottery | null> {
  const id = LotteryId.safeParse(context.req.param('id') ?? '');
  return id.success ? readLottery(deps.engine.db, id.data) : null;
}

const onceShape = /^[0-9a-z]{16,64}$/;

async function drawn(visit: MemberVisit, of: Of, form: URLSearchParams): Promise<Answered> {
  const { deps, context, now } = visit;
  const once = form.get('once') ?? '';
  const seen = Number(form.get('points') ?? NaN);
  // Sent without what our form carries, it is asked again.
  if (!onceShape.test(once) || !Number.isSafeInteger(seen)) return asking(visit, of);
  const wish = { memberId: of.holdings.member.id, lotteryId: of.lottery.id, points: seen };
  const asked = { ...wish, id: EventId.parse(`dr_${once}`), storeId: null, by: null };
  const done = await drawOnce(deps.engine, asked, now);
  if ('undecided' in done) return asking(visit, of, { once, why: notDone, status: 503 });
  if ('isNobody' in done) return unknownLottery();
  if ('miss' in done)
    return asking(visit, of, { once: newWord(), why: drawNotWords(done.miss), status: 409 });
  return context.redirect(drawResultAt(done.done.draw.id), 303);
}

const notDone = '刚才没有抽成，请再点一次，不会多扣积分。';

const unknownLottery = (): View =>
  message(
    <Message title="没有这个抽奖" action={{ href: drawPath, label: '去积分抽奖' }}>
      可能已经结束了。
    </Message>,
    404,
  );

type Refused = { readonly once: string; readonly why: string; readonly status: 409 | 503 };

async function asking(
  visit: MemberVisit,
  { holdings, lottery }: Of,
  refused: Refused | null = null,
): Promise<View> {
  const { deps, session, now } = visit;
  const { name, points } = lottery.definition;
  const have = Math.max(0, heldPoints(holdings.points, now).spendable);
  const counts = (await countsOf(deps.engine.db, holdings.member.id, dayBegins(now))).get(lottery.id);
  const miss = whyNot(lottery, { counts, have }, now);
  const why = refused?.why ?? (miss && drawNotWords(miss));
  const token = await tokenOf(deps, session);
  const body = (
    <section aria-labelledby="lottery">
      <h1 id="lottery">{name}</h1>
      <p class="terms">
        抽一次 {grouped(points)} 积分，您现在可以用 <strong>{grouped(have)}</strong> 积分
      </p>
      <Prizes lottery={lottery} />
      <ul class="terms">
        <Rules lottery={lottery} now={now} />
      </ul>
      {why !== null && (
        <p class="note stop" role="status">
          {why}
        </p>
      )}
      {miss === null && (
        <form method="post">
          <input type="hidden" name={tokenField} value={token} />
          <input type="hidden" name="once" value={refused?.once ?? newWord()} />
          <input type="hidden" name="points" value={points} />
          <button class="button">用 {grouped(points)} 积分抽一次</button>
        </form>
      )}
      <p class="leave">
        <a href={drawPath}>先不抽，看我的奖品</a>
      </p>
    </section>
  );
  return { title: name, body, status: refused?.status ?? 200 };
}

const longFrom = 3;

/** 2%, 0.03%: of a box of lots. */
const chanceOf = (lots: number, total: number): string =>
  `${String(Math.round((lots / total) * 10_000) / 100)}%`;

const Prizes: FC<{ lottery: Lottery }> = ({ lottery }) => {
  const { definition } = lottery;
  const { each, total } = lotsOf(definition);
  return (
    <ul class="coupons">
      {definition.prizes.map((prize, place) => {
        const left = leftOf(lottery, place);
        const figure = yuanFigure(prize.valueFen);
        return (
          <li class={left === 0 ? 'ticket later' : 'ticket'}>
            <p class="face">
              <strong class={figure.length > longFrom ? 'figure long' : 'figure'}>{figure}</strong>
              <span>元</span>
            </p>
            <div>
              <h3>{prize.name}</h3>
              {prize.kind === 'thing' && <p>{prize.words}</p>}
              {prize.kind === 'points' && <p>{grouped(prize.points)} 积分</p>}
              {prize.kind === 'coupon' && <p>优惠券一张</p>}
              <p class="days">
                共 {grouped(prize.quota)} 份，
                {left === 0
                  ? '抽完了'
                  : `还剩 ${grouped(left)} 份，每次机会 ${chanceOf(each[place] ?? 0, total)}`}
              </p>
            </div>
          </li>
        );
      })}
    </ul>
  );
};

const Rules: FC<{ lottery: Lottery; now: number }> = ({ lottery: { definition }, now }) => {
  const { firstOn, lastOn, perMember, perMemberPerDay, prizes } = definition;
  return (
    <>
      <li>
        {dayOf(firstOn, now)}到{dayOf(lastOn, now)}可以抽
        {perMemberPerDay !== null && `，每人每天 ${grouped(perMemberPerDay)} 次`}
        {perMember !== null && `，每人一共 ${grouped(perMember)} 次`}
      </li>
      {prizes.some(({ kind }) => kind === 'thing') && <li>抽中的东西，{collectWords(definition)}</li>}
    </>
  );
};
