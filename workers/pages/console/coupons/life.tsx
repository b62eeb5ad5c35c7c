/** 一张券的一生: what it is, whose, where it came from, every step with its cause, who and where; and what it took off on which sale. */
import { listStores } from '../../../db/shop/stores.ts';
import type { CouponLife } from '../../../db/coupons/coupons.ts';
import { namesOfCoupon, readMembersCoupon, type CouponAddress } from '../../../db/coupons/office-coupons.ts';
import type { MemberHoldings } from '../../../db/members/members.ts';
import { codeOfCoupon, isPassing, standingOf } from '../../../decide/coupons/life.ts';
import { conditionOf } from '../../../words/holdings/coupon-words.ts';
import { goodsOf } from '../../../views/coupon-goods.ts';
import { faceOf, lastMomentOf, momentOf } from '../../words.ts';
import { moment } from '../kit/format.ts';
import { counter, office } from '../kit/nav.ts';
import { Facts, Mark, Sheet, type Fact } from '../kit/parts.tsx';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import { isOneOf, type Visit } from '../kit/visit.ts';
import { membersPath } from '../members/list.tsx';
import { backToMembers, memberFor } from '../members/profile.tsx';
import { couponKindOf } from '../../../decide/coupons/kinds/index.ts';
import { couponStateNames } from '../words/promotions/happenings.ts';
import { couponPathOf } from './paths.ts';
import { Moves, originOf, Use, type Shown } from './steps.tsx';

export type FoundCoupon = {
  readonly owner: MemberHoldings;
  readonly address: CouponAddress;
  readonly life: CouponLife;
};

/** The coupon that the address names, if its owner is somebody whom the visitor may see. */
export async function couponFor(visit: Visit): Promise<FoundCoupon | null> {
  const owner = await memberFor(visit);
  const [issuedAt = NaN, place = NaN] = (visit.context.req.param('of') ?? '').split('-').map(Number);
  if (!owner || !Number.isSafeInteger(issuedAt) || !Number.isSafeInteger(place) || place < 0) return null;
  const address = { memberId: owner.member.id, issuedAt, place };
  const life = await readMembersCoupon(visit.db, address);
  return life && { owner, address, life };
}

export const couponScreen = screen({
  path: `${membersPath}/:id/coupons/:of`,
  title: '一张券',
  who: counter,
  get: async (visit) => {
    const found = await couponFor(visit);
    if (!found) return NotFound('这张券', backToMembers);
    const { life, address } = found;
    const [names, stores, goods] = await Promise.all([
      namesOfCoupon(visit.db, life),
      listStores(visit.db),
      life.template ? goodsOf(visit.db, life.template.definition.scope) : [],
    ]);
    const shown = {
      visit,
      life,
      names,
      stores: new Map(stores.map(({ id, name }) => [id as string, name])),
    };
    const mayRevoke =
      isOneOf(visit.person, office) &&
      ['issued', 'passing', 'expired'].includes(standingOf(life.coupon, visit.now));
    return {
      title: life.template?.definition.name ?? '一张券',
      acts: mayRevoke && (
        <a class="button stop" href={`${couponPathOf(address)}/revoke`}>
          收回这张券
        </a>
      ),
      body: (
        <>
          <Sheet>
            <Facts
              facts={[
                ...factsOf(shown, found.owner),
                ...(goods.length === 0 ? [] : [['商品', goods.join('；')] as const]),
              ]}
            />
          </Sheet>
          <Use {...shown} />
          <Moves {...shown} />
        </>
      ),
    };
  },
});

function factsOf(shown: Shown, { member }: MemberHoldings): Fact[] {
  const { visit, life, stores } = shown;
  const { coupon, template } = life;
  const { label, tone } = couponStateNames(coupon, visit.now);
  return [
    ['状态', <Mark tone={tone}>{label}</Mark>],
    ['券码', <code>{codeOfCoupon(coupon)}</code>],
    ['会员', <a href={`${membersPath}/${member.id}`}>{member.name ?? '没有填称呼的会员'}</a>],
    ...(template ? whatOf(template.definition) : []),
    ['发给会员', moment(coupon.issuedAt, visit.now)],
    ['有效期', `${momentOf(coupon.validFrom, visit.now)} 至 ${lastMomentOf(coupon.validTo, visit.now)}`],
    ...(coupon.storeId === null ? [] : [['只在', stores.get(coupon.storeId) ?? coupon.storeId] as const]),
    ['从哪里来', originOf(shown)],
    ...passedBy(shown),
    ...(coupon.flag === null ? [] : [['注意', '得到它的那一单已经退货，它当时已经用掉了'] as const]),
  ];
}

/** 转赠: of both people only who still is one is led to. */
function passedBy({ visit, life: { coupon } }: Shown): Fact[] {
  if (coupon.passedBy === null || coupon.passedAt === null) {
    return isPassing(coupon, visit.now)
      ? [['转赠', `会员发了链接，${moment(coupon.passUntil ?? 0, visit.now)} 前朋友可以收下`]]
      : [];
  }
  const from = <a href={`${membersPath}/${coupon.passedBy}`}>另一位会员</a>;
  return [
    [
      '转赠',
      <>
        {moment(coupon.passedAt, visit.now)} 由{from}转来，券码已换新
      </>,
    ],
  ];
}

type Definition = NonNullable<CouponLife['template']>['definition'];
function whatOf(definition: Definition): Fact[] {
  const { figure, unit } = faceOf(definition);
  return [
    ['种类', `${couponKindOf(definition).label}${unit === '' ? '' : ` ${figure}${unit}`}`],
    ['门槛', conditionOf(definition)],
  ];
}
