/** 会员资料: one person on one screen: what she has, what she bought, what happened; every number opens into its rows. */
import type { FC } from 'hono/jsx';
import type { MemberId } from '../../../../schema/index.ts';
import { listCoupons, type PlacedCoupon } from '../../../db/members/member-lists.ts';
import { readMember, type MemberHoldings } from '../../../db/members/members.ts';
import { readSmsConsent } from '../../../db/members/sms-consents.ts';
import { readTimeline } from '../../../db/members/timeline.ts';
import { fromNewest } from '../../../db/paging.ts';
import { endOfTime } from '../../../db/paging.ts';
import { codeOfCoupon } from '../../../decide/coupons/life.ts';
import { endingIn, heldPoints, type HeldPoints } from '../../../decide/money/held.ts';
import { count, moment, money } from '../kit/format.ts';
import { counter, office, owner } from '../kit/nav.ts';
import { Facts, Figures, Mark, Sheet, Table, type Figure } from '../kit/parts.tsx';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import { isOneOf, maySeeStore, type Visit } from '../kit/visit.ts';
import { couponPathOf } from '../coupons/paths.ts';
import { couponStateNames, happeningWords } from '../words/promotions/happenings.ts';
import { storedSheet } from '../stored/sums.tsx';
import { Correcting, factsOf } from './facts.tsx';
import { membersPath } from './list.tsx';
import { recentMergers } from './recent-mergers.tsx';

export const backToMembers = { href: membersPath, label: '回到会员' };
const shownMax = 30;

/** Null for nobody, and for somebody of a store that is not theirs to see: both look alike. */
export async function memberFor({ db, id, person }: Visit): Promise<MemberHoldings | null> {
  const found = await readMember(db, id as MemberId);
  if (!found || found.member.deletedAt !== null) return null;
  return maySeeStore(person, found.member.storeId) ? found : null;
}

export const memberScreen = screen({
  path: `${membersPath}/:id`,
  title: '会员',
  who: counter,
  get: async (visit) => {
    const found = await memberFor(visit);
    if (!found) return NotFound('这位会员', backToMembers);
    const { member } = found;
    const own = `${membersPath}/${member.id}`;
    const [coupons, happenings, consent, merged, stored] = await Promise.all([
      listCoupons(visit.db, member.id, fromNewest, shownMax),
      readTimeline(visit.db, member.id, { at: endOfTime, kind: '', key: '' }, shownMax),
      readSmsConsent(visit.db, member.id),
      recentMergers(visit, member.id),
      storedSheet(visit, found, own),
    ]);
    return {
      title: member.name ?? '没有填称呼的会员',
      acts: <Doing visit={visit} own={own} />,
      body: (
        <>
          <Holdings found={found} own={own} now={visit.now} />
          <Sheet title="资料">
            <Facts facts={factsOf(visit, found, consent)} />
            {isOneOf(visit.person, office) && <Correcting own={own} />}
          </Sheet>
          {stored}
          {merged}
          <Coupons coupons={coupons ?? []} now={visit.now} />
          <Sheet title="最近发生的事" note={`最近 ${shownMax} 件`}>
            <Table
              caption="最近的在上面"
              rows={happenings ?? []}
              empty="还没有。"
              columns={[
                { label: '时间', show: ({ at }) => moment(at, visit.now) },
                { label: '事情', show: (happening) => happeningWords(happening) },
              ]}
            />
          </Sheet>
        </>
      ),
    };
  },
});

const Doing: FC<{ visit: Visit; own: string }> = ({ visit: { person }, own }) => (
  <>
    <a class="button" href={`${own}/vouchers`}>
      卖预售券
    </a>
    <a class="button" href={`${own}/voucher-refund`}>
      退预售券
    </a>
    <a class="button" href={`${own}/exchange`}>
      积分兑换
    </a>
    {isOneOf(person, office) && (
      <>
        <a class="button" href={`${own}/exchange-undo`}>
          撤销兑换
        </a>
        <a class="button" href={`${own}/grant`}>
          发券
        </a>
        <a class="button" href={`${own}/points`}>
          调整积分
        </a>
        <a class="button" href={`${own}/note`}>
          记一笔
        </a>
        <a class="button" href={`${own}/merge`}>
          合并
        </a>
        <a class="button" href={`/console/talks/${own.slice(membersPath.length + 1)}`}>
          聊天记录
        </a>
      </>
    )}
    {isOneOf(person, owner) && (
      <a class="button stop" href={`${own}/forget`}>
        注销
      </a>
    )}
  </>
);

type HoldingsProps = { readonly found: MemberHoldings; readonly own: string; readonly now: number };

const Holdings: FC<HoldingsProps> = ({ found: { balances, points, member }, own, now }) => {
  const fen = (account: 'wallet' | 'principal' | 'bonus'): number => balances.get(account) ?? 0;
  const storedFen = fen('principal') + fen('bonus');
  return (
    <Figures
      figures={[
        ...pointsFigures(heldPoints(points, now), `${own}/ledger/points`),
        { label: '余额', value: money(fen('wallet')), unit: '元', href: `${own}/ledger/wallet` },
        ...(storedFen > 0
          ? [
              {
                label: '储值本金',
                value: money(fen('principal')),
                unit: '元',
                href: `${own}/ledger/principal`,
              },
              { label: '储值赠送', value: money(fen('bonus')), unit: '元', href: `${own}/ledger/bonus` },
            ]
          : []),
        { label: '成长值', value: count(balances.get('growth') ?? 0), href: `${own}/ledger/growth` },
        {
          label: '消费',
          value: money(member.spentFen),
          unit: `元 · ${count(member.orders)} 笔`,
          href: `${own}/sales`,
        },
      ]}
    />
  );
};

/** What waits is no part of what can be spent; both open into the lots and the postings that they are the sum of. */
const pointsFigures = (held: HeldPoints, href: string): Figure[] => {
  const [first] = endingIn(held);
  return [
    { label: '积分', value: count(held.spendable), href },
    ...(held.pending > 0 ? [{ label: '待到账积分', value: count(held.pending), href }] : []),
    ...(first
      ? [{ label: '最早到期', value: count(first.points), unit: `积分 · ${first.lastOn}`, href }]
      : []),
  ];
};

const Coupons: FC<{ coupons: readonly PlacedCoupon[]; now: number }> = ({ coupons, now }) => (
  <Sheet title="券" note={`最近 ${shownMax} 张`}>
    <Table
      caption="最近发的在上面"
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
          show: ({ coupon }) => `${moment(coupon.validFrom, now)} 至 ${moment(coupon.validTo, now)}`,
        },
      ]}
    />
  </Sheet>
);
