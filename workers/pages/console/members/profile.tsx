/** 会员资料: one person on one screen: what she has, what she bought, what happened; every number opens into its rows. */
import type { FC } from 'hono/jsx';
import type { MemberId } from '../../../../schema/index.ts';
import { listCoupons } from '../../../db/members/member-lists.ts';
import { readMember, type MemberHoldings } from '../../../db/members/members.ts';
import { readProfileSums } from '../../../db/profile/profile-sums.ts';
import { readSmsConsent } from '../../../db/sms/sms-consents.ts';
import { readTimeline } from '../../../db/members/timeline.ts';
import { fromNewest } from '../../../db/paging.ts';
import { endOfTime } from '../../../db/paging.ts';
import { moment } from '../kit/format.ts';
import { counter, office, owner } from '../kit/nav.ts';
import { Facts, Sheet, Table } from '../kit/parts.tsx';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import { isOneOf, maySeeStore, type Visit } from '../kit/visit.ts';
import { happeningWords } from '../words/promotions/happenings.ts';
import { profileSheets } from '../profile/sheets.tsx';
import { heldPiecesOf } from '../../../db/packages/packages.ts';
import { packageSheet } from '../packages/sheet.tsx';
import { storedSheet } from '../stored/sums.tsx';
import { superSheet } from '../super/sheet.tsx';
import { tagShop } from '../../../views/tags.ts';
import { Correcting, factsOf } from './facts.tsx';
import { CouponTable, Holdings } from './holdings.tsx';
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
    const [coupons, happenings, consent, merged, stored, superMember, sums, profile, packed, held, shop] =
      await Promise.all([
        listCoupons(visit.db, member.id, fromNewest, shownMax),
        readTimeline(visit.db, member.id, { at: endOfTime, kind: '', key: '' }, shownMax),
        readSmsConsent(visit.db, member.id),
        recentMergers(visit, member.id),
        storedSheet(visit, found, own),
        superSheet(visit, found, own),
        readProfileSums(visit.db, member.id, visit.now),
        profileSheets(visit, found, own),
        packageSheet(visit, found, own),
        heldPiecesOf(visit.db, { memberId: member.id }, visit.now),
        tagShop(visit.db),
      ]);
    const names = new Map(
      (coupons ?? []).map(({ coupon, template }) => [coupon.id as string, template?.definition.name ?? '券']),
    );
    return {
      title: member.name ?? '没有填称呼的会员',
      acts: <Doing visit={visit} own={own} />,
      body: (
        <>
          <Holdings visit={visit} found={found} sums={sums} held={held} own={own} />
          <Sheet title="资料">
            <Facts facts={factsOf(visit, found, { consent, shop })} />
            {isOneOf(visit.person, office) && <Correcting own={own} />}
          </Sheet>
          {profile}
          {stored}
          {superMember}
          {packed}
          {merged}
          <Sheet title="券" note={`最近 ${shownMax} 张`}>
            <CouponTable coupons={coupons ?? []} now={visit.now} />
            <p>
              <a href={`${own}/coupons`}>看全部的券</a>
            </p>
          </Sheet>
          <Sheet title="最近发生的事" note={`最近 ${shownMax} 件`}>
            <Table
              caption="最近的在上面"
              rows={happenings ?? []}
              empty="还没有。"
              columns={[
                { label: '时间', show: ({ at }) => moment(at, visit.now) },
                { label: '事情', show: (happening) => happeningWords(happening, names) },
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
