/** 券包: coupons that can be used now come first, then those that begin later, each with its dates. */
import type { FC } from 'hono/jsx';
import type { OwnPage } from '../../../db/members/member-page.ts';
import { codeOfCoupon, isPassing } from '../../../decide/coupons/life.ts';
import { termsOf } from '../../../words/holdings/coupon-words.ts';
import { claimPath, couponAt, offersPath, pastCouponsPath } from '../../paths.ts';
import { faceOf, grouped, lastMomentOf, momentOf } from '../../words.ts';

type Shown = { readonly own: OwnPage; readonly now: number };

export const CouponList: FC<Shown> = ({ own, now }) => {
  const left = own.couponsHeld - own.coupons.length;
  return (
    <section aria-labelledby="coupons">
      <h2 id="coupons">券包</h2>
      {own.coupons.length === 0 && <p class="empty">现在没有可以用的券，消费和活动送的券会出现在这里。</p>}
      <ul class="coupons">
        {own.coupons.map((held) => (
          <Ticket held={held} now={now} />
        ))}
      </ul>
      {left > 0 && <p class="empty">还有 {grouped(left)} 张没有列出来，用掉一些就会看到。</p>}
      <p class="leave">
        <a href={claimPath}>输入券码</a>
        <a href={offersPath}>导购送的券</a>
      </p>
      <p class="leave">
        <a href={pastCouponsPath}>用过和过期的券</a>
      </p>
    </section>
  );
};

/** 99.9 is the widest figure that fits beside its unit in full size. */
const sizeOf = (figure: string): string => {
  if (!/\d/.test(figure)) return 'word';
  return figure.length > 4 ? 'figure long' : 'figure';
};

type Held = OwnPage['coupons'][number];

const Ticket: FC<{ held: Held; now: number }> = ({ held: { coupon, template, place }, now }) => {
  // A template is never deleted; if one were, the member would still have the coupon.
  if (!template) return null;
  const { definition } = template;
  const { figure, unit } = faceOf(definition);
  const isUsable = coupon.validFrom <= now;
  const until = lastMomentOf(coupon.validTo, now);
  return (
    <li class={isUsable ? 'ticket' : 'ticket later'} data-coupon={codeOfCoupon(coupon)}>
      <p class="face">
        <strong class={sizeOf(figure)}>{figure}</strong>
        {unit}
      </p>
      <div>
        <h3>
          <a href={couponAt({ issuedAt: coupon.issuedAt, place })}>{definition.name}</a>
        </h3>
        <p>{termsOf(definition)}</p>
        <p class="days">
          {isPassing(coupon, now) && '正在转给朋友，'}
          {isUsable ? `有效期至 ${until}` : `${momentOf(coupon.validFrom, now)} 起可用，至 ${until}`}
        </p>
      </div>
    </li>
  );
};
