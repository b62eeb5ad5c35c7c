/** 查到的: the people among whom to choose, and each coupon with its worth for this bill or the one reason why not. */
import type { FC } from 'hono/jsx';
import type { MemberHoldings } from '../../db/members/members.ts';
import { codeOfCoupon } from '../../decide/coupons/life.ts';
import type { Offer } from '../../decide/coupons/use/at-counter.ts';
import { yuanFigure } from '../../decide/plain/yuan.ts';
import { conditionOf } from '../../words/holdings/coupon-words.ts';
import { couponMissWords } from '../../words/misses/coupon-misses.ts';
import { goodsOf } from '../../views/coupon-goods.ts';
import { faceOf, inFours, lastMomentOf } from '../words.ts';
import type { Asked } from './asked.ts';
import type { Clerk } from './clerk.ts';
import { calledOf, Hidden } from './desk.tsx';

/** What every further form says of this bill. */
export const carried = ({ typed, storeId, form }: Asked): Readonly<Record<string, string>> => ({
  form,
  amount: typed.amount,
  orderNo: typed.orderNo,
  store: storeId ?? '',
});

export const People: FC<{ clerk: Clerk; asked: Asked; people: readonly MemberHoldings[] }> = ({
  clerk,
  asked,
  people,
}) => (
  <section class="sheet" aria-label="是哪一位">
    <h2>有 {people.length} 位，是哪一位</h2>
    {people.map((one) => (
      <form method="post" action={clerk.path}>
        <Hidden clerk={clerk} fields={{ act: 'look', ...carried(asked), member: one.member.id }} />
        <button class={clerk.looks.other}>{calledOf(one)}</button>
      </form>
    ))}
  </section>
);

type OffersProps = { readonly clerk: Clerk; readonly asked: Asked; readonly offers: readonly Offer[] };

export const Offers: FC<OffersProps> = ({ clerk, asked, offers }) => (
  <section aria-labelledby="offers">
    <h2 id="offers">{offers.length === 0 ? '现在没有可以用的券' : `${String(offers.length)} 张券`}</h2>
    {offers.map((offer) => (
      <OneOffer clerk={clerk} asked={asked} offer={offer} />
    ))}
  </section>
);

const OneOffer: FC<{ clerk: Clerk; asked: Asked; offer: Offer }> = async ({
  clerk,
  asked,
  offer: { coupon, definition, worth },
}) => (
  <div class="sheet" data-offer={codeOfCoupon(coupon)}>
    <h3>{definition?.name ?? '这张券的模板没有了'}</h3>
    {definition && (
      <p class="hint">
        {faceOf(definition).figure}
        {faceOf(definition).unit}，{conditionOf(definition)}，有效期至{' '}
        {lastMomentOf(coupon.validTo, clerk.now)}
      </p>
    )}
    {definition &&
      (await goodsOf(clerk.deps.engine.db, definition.scope)).map((line) => <p class="hint">{line}</p>)}
    <p class="hint">{inFours(codeOfCoupon(coupon))}</p>
    {'miss' in worth ? (
      <p class="note stop">
        {worth.miss.reason === 'CART_NEEDED'
          ? '要看金额：请填这单多少元，再查一次。'
          : couponMissWords(worth.miss)}
      </p>
    ) : (
      <form method="post" action={clerk.path}>
        <Hidden clerk={clerk} fields={{ act: 'use', ...carried(asked), code: codeOfCoupon(coupon) }} />
        <p class="note good">{worthWords(worth.offFen, asked.payableFen)}</p>
        <p class="buttons">
          <button class={clerk.looks.first}>核销这张</button>
        </p>
      </form>
    )}
  </div>
);

const worthWords = (offFen: number, payableFen: number | null): string => {
  if (offFen === 0) return '不减钱：核销后把东西给顾客，或者为顾客办好。';
  const left = payableFen === null ? '' : `，还收 ${yuanFigure(payableFen - offFen)} 元`;
  return `减 ${yuanFigure(offFen)} 元${left}`;
};
