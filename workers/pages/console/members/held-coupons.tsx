/** 会员的券: all of them, used and past ones included, the last given first. */
import type { MemberId } from '../../../../schema/index.ts';
import { readMembersCoupon } from '../../../db/coupons/office-coupons.ts';
import type { Db } from '../../../db/db.ts';
import { listCoupons } from '../../../db/members/member-lists.ts';
import { fromNewest, type NewestFirst } from '../../../db/paging.ts';
import { counter } from '../kit/nav.ts';
import { asked, Sheet } from '../kit/parts.tsx';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import { CouponTable } from './holdings.tsx';
import { membersPath } from './list.tsx';
import { backToMembers, memberFor } from './profile.tsx';

const pageSize = 50;

export const memberCouponsScreen = screen({
  path: `${membersPath}/:id/coupons`,
  title: '会员的券',
  who: counter,
  get: async (visit) => {
    const found = await memberFor(visit);
    if (!found) return NotFound('这位会员', backToMembers);
    const { id, name } = found.member;
    const own = `${membersPath}/${id}`;
    const before = await placeOf(visit.db, id, visit.query.get('before'));
    const rows = (await listCoupons(visit.db, id, before, pageSize + 1)) ?? [];
    const items = rows.slice(0, pageSize);
    const last = items.at(-1);
    const next =
      rows.length > pageSize && last
        ? asked(`${own}/coupons`, { before: `${last.coupon.issuedAt}-${last.place}` })
        : null;
    return {
      title: `${name ?? '会员'}的券`,
      acts: (
        <a class="button" href={own}>
          回到{name ?? '会员'}
        </a>
      ),
      body: (
        <Sheet>
          <CouponTable coupons={items} now={visit.now} next={next} />
        </Sheet>
      ),
    };
  },
});

/** A code in an address could be used by whoever reads it: the last coupon that was seen is named by its place. */
async function placeOf(db: Db, memberId: MemberId, text: string | null): Promise<NewestFirst> {
  const [, issuedAt, place] = /^(\d{1,15})-(\d{1,6})$/.exec(text ?? '') ?? [];
  if (issuedAt === undefined) return fromNewest;
  const seen = await readMembersCoupon(db, { memberId, issuedAt: Number(issuedAt), place: Number(place) });
  return seen ? { at: seen.coupon.issuedAt, id: seen.coupon.id } : fromNewest;
}
