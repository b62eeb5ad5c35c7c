/** 会员的数: what she has, spent and said, each of which opens into its rows. */
import type { FC } from 'hono/jsx';
import type { PlacedCoupon } from '../../../db/members/member-lists.ts';
import type { MemberHoldings } from '../../../db/members/members.ts';
import type { HeldPieces } from '../../../db/packages/packages.ts';
import type { ProfileSums } from '../../../db/profile/profile-sums.ts';
import { codeOfCoupon } from '../../../decide/coupons/life.ts';
import { allOf, endingIn, heldPoints } from '../../../decide/money/held.ts';
import { count, moment, money } from '../kit/format.ts';
import { office } from '../kit/nav.ts';
import { Figures, Mark, Table, type Figure } from '../kit/parts.tsx';
import { isOneOf, type Visit } from '../kit/visit.ts';
import { lastMomentOf, momentOf } from '../../words.ts';
import { couponPathOf } from '../coupons/paths.ts';
import { couponStateNames } from '../words/promotions/happenings.ts';

type HoldingsProps = {
  readonly visit: Visit;
  readonly found: MemberHoldings;
  readonly sums: ProfileSums;
  readonly held: HeldPieces;
  readonly own: string;
};

export const Holdings: FC<HoldingsProps> = ({ visit, found, sums, held, own }) => {
  const { now } = visit;
  const { balances, member } = found;
  const fen = (account: 'wallet' | 'principal' | 'bonus'): number => balances.get(account) ?? 0;
  const yuan = (label: string, account: 'wallet' | 'principal' | 'bonus'): Figure => ({
    label,
    value: money(fen(account)),
    unit: '元',
    href: `${own}/ledger/${account}`,
  });
  const hasStored = fen('principal') + fen('bonus') > 0;
  const { contacts, lastContactAt, couponsHeld, couponsLater } = sums;
  return (
    <Figures
      figures={[
        ...pointsFigures(found, `${own}/ledger/points`, now),
        yuan('余额', 'wallet'),
        ...(hasStored ? [yuan('储值本金', 'principal'), yuan('储值赠送', 'bonus')] : []),
        ...(held.packages > 0 ? [{ label: '套餐和留存', value: count(held.pieces), unit: '次（件）' }] : []),
        {
          label: '能用的券',
          value: count(couponsHeld),
          unit: `张${couponsLater > 0 ? ` · 另有 ${count(couponsLater)} 张没到时间` : ''}`,
          href: `${own}/coupons`,
        },
        { label: '成长值', value: count(balances.get('growth') ?? 0), href: `${own}/ledger/growth` },
        {
          label: '消费',
          value: money(member.spentFen),
          unit: `元 · ${count(member.orders)} 笔${member.lastAt === null ? '' : ` · 最近 ${moment(member.lastAt, now)}`}`,
          href: `${own}/sales`,
        },
        {
          label: '沟通',
          value: count(contacts),
          unit: `次${lastContactAt === null ? '' : ` · 最近 ${moment(lastContactAt, now)}`}`,
          ...(isOneOf(visit.person, office) && { href: `/console/talks/${member.id}` }),
        },
      ]}
    />
  );
};

/** What waits is no part of what can be spent; both open into the lots and the postings that they are the sum of. */
function pointsFigures({ points }: MemberHoldings, href: string, now: number): Figure[] {
  const held = heldPoints(points, now);
  const [first] = endingIn(held);
  const gone = points.credited - allOf(held);
  return [
    { label: '积分', value: count(held.spendable), href },
    ...(held.pending > 0 ? [{ label: '待到账积分', value: count(held.pending), href }] : []),
    ...(first
      ? [{ label: '最早到期', value: count(first.points), unit: `积分 · ${first.lastOn}`, href }]
      : []),
    ...(points.credited === 0
      ? []
      : [
          {
            label: '累计积分',
            value: count(points.credited),
            unit: `− 已用、收回和到期 ${count(gone)} = 现有 ${count(allOf(held))}`,
            href,
          },
        ]),
  ];
}

type CouponTableProps = {
  readonly coupons: readonly PlacedCoupon[];
  readonly now: number;
  readonly next?: string | null;
};

export const CouponTable: FC<CouponTableProps> = ({ coupons, now, next = null }) => (
  <Table
    caption="最近发的在上面"
    next={next}
    rows={coupons}
    empty="还没有券。"
    columns={[
      {
        label: '券',
        show: ({ coupon, template, place }) => (
          <a href={couponPathOf({ ...coupon, place })}>{template?.definition.name ?? coupon.templateId}</a>
        ),
      },
      { label: '券码', show: ({ coupon }) => <code>{codeOfCoupon(coupon)}</code> },
      {
        label: '状态',
        show: ({ coupon }) => {
          const { label, tone } = couponStateNames(coupon, now);
          return <Mark tone={tone}>{label}</Mark>;
        },
      },
      {
        label: '有效期',
        show: ({ coupon }) => `${momentOf(coupon.validFrom, now)} 至 ${lastMomentOf(coupon.validTo, now)}`,
      },
    ]}
  />
);
