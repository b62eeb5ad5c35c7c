/** 积分商城: what her points buy, what she has, and one item with the question whether she means it. */
import { EventId, ExchangeItemId } from '../../../schema/index.ts';
import { exchangePoints } from '../../commands/points/exchange.ts';
import { placeOf } from '../../db/coupons/batches.ts';
import type { MemberHoldings } from '../../db/members/members.ts';
import { itemFor, itemsFor, type ItemOffered } from '../../db/points/exchange-items.ts';
import { heldPoints } from '../../decide/money/held.ts';
import { conditionOf } from '../../words/holdings/coupon-words.ts';
import { exchangeMissWords } from '../../words/misses/exchange-misses.ts';
import { newWord } from '../keys.ts';
import { holdingsOf, memberOnly, type MemberVisit } from '../member/gate.ts';
import { page } from '../page.ts';
import { leftOf, missOf, Shop, title } from './shop-list.tsx';
import { couponAt, homePath, shopPath } from '../paths.ts';
import { tokenField, tokenOf } from '../posted.tsx';
import { Message } from '../ui/message.tsx';
import { message, type Answered, type View } from '../ui/view.ts';
import { faceOf, grouped, lastMomentOf } from '../words.ts';

export const shopPage = page({
  path: shopPath,
  title,
  who: memberOnly,
  get: async (visit) => {
    const holdings = await holdingsOf(visit);
    const offered = await itemsFor(visit.deps.engine.db, holdings.member.id);
    return { body: <Shop offered={offered} have={spendable(visit, holdings)} now={visit.now} /> };
  },
});

export const shopItemPage = page({
  path: `${shopPath}/:id`,
  title,
  who: memberOnly,
  get: async (visit) => {
    const [holdings, id] = [await holdingsOf(visit), idOf(visit)];
    const offered = id && (await itemFor(visit.deps.engine.db, holdings.member.id, id));
    return offered ? asking(visit, holdings, offered) : unknownItem();
  },
  post: async (visit, form) => {
    const [holdings, id] = [await holdingsOf(visit), idOf(visit)];
    const offered = id && (await itemFor(visit.deps.engine.db, holdings.member.id, id));
    return offered ? taken(visit, holdings, offered, form) : unknownItem();
  },
});

const onceShape = /^[0-9a-z]{16,64}$/;

async function taken(
  visit: MemberVisit,
  holdings: MemberHoldings,
  offered: ItemOffered,
  form: URLSearchParams,
): Promise<Answered> {
  const { deps, context, now } = visit;
  const once = form.get('once') ?? '';
  const seen = Number(form.get('points') ?? NaN);
  // Sent without what our form carries, it is asked again.
  if (!onceShape.test(once) || !Number.isSafeInteger(seen)) return asking(visit, holdings, offered);
  const done = await exchangePoints(
    deps.engine,
    {
      id: EventId.parse(`ex_${once}`),
      memberId: holdings.member.id,
      itemId: offered.item.id,
      points: seen,
      storeId: null,
      by: null,
    },
    now,
  );
  if ('undecided' in done) return asking(visit, holdings, offered, { once, why: notDone, status: 503 });
  if ('isNobody' in done) return unknownItem();
  if ('miss' in done) {
    const why = exchangeMissWords(done.miss);
    return asking(visit, holdings, offered, { once: newWord(), why, status: 409 });
  }
  const { coupon } = done.done;
  const place = coupon && (await placeOf(deps.engine.db, coupon));
  return context.redirect(place ? couponAt(place) : homePath, 303);
}

const notDone = '刚才没有换成，请再点一次，不会多扣积分。';

const spendable = ({ now }: MemberVisit, { points }: MemberHoldings): number =>
  Math.max(0, heldPoints(points, now).spendable);

function idOf({ context }: MemberVisit): ExchangeItemId | null {
  const parsed = ExchangeItemId.safeParse(context.req.param('id') ?? '');
  return parsed.success ? parsed.data : null;
}

const unknownItem = (): View =>
  message(
    <Message title="没有这个兑换品" action={{ href: shopPath, label: '去积分商城' }}>
      可能已经下架了。
    </Message>,
    404,
  );

type Refused = { readonly once: string; readonly why: string; readonly status: 409 | 503 };

async function asking(
  visit: MemberVisit,
  holdings: MemberHoldings,
  offered: ItemOffered,
  refused: Refused | null = null,
): Promise<View> {
  const { deps, session, now } = visit;
  const { item, template } = offered;
  const { name, points, to } = item.definition;
  const have = spendable(visit, holdings);
  const miss = missOf(offered, have, now);
  const why = refused?.why ?? (miss && exchangeMissWords(miss));
  const token = await tokenOf(deps, session);
  const body = (
    <section class="show" aria-labelledby="item">
      <h1 id="item">{name}</h1>
      {template && (
        <p class="worth">
          {faceOf(template).figure}
          {faceOf(template).unit}
        </p>
      )}
      {template && <p>{conditionOf(template)}</p>}
      <ul class="terms">
        <li>
          要 {grouped(points)} 积分，您现在可以用 {grouped(have)} 积分
          {miss === null && `，换了还剩 ${grouped(have - points)} 积分`}
        </li>
        {to !== null && <li>兑换截止：{lastMomentOf(Date.parse(to), now)}</li>}
        {leftOf(item) !== null && <li>还剩 {grouped(leftOf(item) ?? 0)} 份</li>}
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
          <button class="button">用 {grouped(points)} 积分换</button>
        </form>
      )}
      <p class="leave">
        <a href={shopPath}>先不换，回积分商城</a>
      </p>
    </section>
  );
  return { title: name, body, status: refused?.status ?? 200 };
}
