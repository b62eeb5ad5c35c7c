/** 积分商城, its list: what there is, what it costs, and why not. */
import type { FC } from 'hono/jsx';
import type { ItemOffered } from '../../db/points/exchange-items.ts';
import { exchangeMiss, type ExchangeNot } from '../../decide/money/exchanges.ts';
import { conditionOf } from '../../words/holdings/coupon-words.ts';
import { exchangeMissWords } from '../../words/misses/exchange-misses.ts';
import { homePath, shopPath } from '../paths.ts';
import { grouped } from '../words.ts';

export const title = '积分商城';

export function missOf({ item, used }: ItemOffered, have: number, now: number): ExchangeNot | null {
  const { points: need } = item.definition;
  const short = need > have ? ({ code: 'POINTS_SHORT', have, need } as const) : null;
  return exchangeMiss(item, { used, now }) ?? short;
}

type ShopProps = { readonly offered: readonly ItemOffered[]; readonly have: number; readonly now: number };

export const Shop: FC<ShopProps> = ({ offered, have, now }) => (
  <section aria-labelledby="shop">
    <h1 id="shop">{title}</h1>
    <p class="terms">
      现在可以用 <strong>{grouped(have)}</strong> 积分
    </p>
    {offered.length === 0 && <p class="empty">现在没有可以兑换的。</p>}
    <ul class="coupons">
      {offered.map((one) => (
        <Item offered={one} have={have} now={now} />
      ))}
    </ul>
    <p class="leave">
      <a href={homePath}>回会员中心</a>
    </p>
  </section>
);

type ItemProps = { readonly offered: ItemOffered; readonly have: number; readonly now: number };

const Item: FC<ItemProps> = ({ offered, have, now }) => {
  const { item, template } = offered;
  const { name, points } = item.definition;
  const miss = missOf(offered, have, now);
  return (
    <li class={miss === null ? 'ticket' : 'ticket later'}>
      <p class="face">
        <strong class={points > 9_999 ? 'figure long' : 'figure'}>{grouped(points)}</strong>
        <span>积分</span>
      </p>
      <div>
        <h3>{miss === null ? <a href={`${shopPath}/${item.id}`}>{name}</a> : name}</h3>
        {template && <p>{conditionOf(template)}</p>}
        {miss !== null && <p class="days">{exchangeMissWords(miss)}</p>}
        {miss === null && leftOf(item) !== null && <p class="days">还剩 {grouped(leftOf(item) ?? 0)} 份</p>}
      </div>
    </li>
  );
};

export const leftOf = ({ exchanged, limitCount }: ItemOffered['item']): number | null =>
  limitCount === null ? null : Math.max(0, limitCount - exchanged);
