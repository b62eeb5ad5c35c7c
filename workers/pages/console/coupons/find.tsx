/** 查券: by its code as somebody reads it out, small letters and O for 0 included, as the till understands it; or by her phone. */
import type { FC } from 'hono/jsx';
import { addressOfCoupon } from '../../../db/coupons/office-coupons.ts';
import { readMember } from '../../../db/members/members.ts';
import { codeRead } from '../../../decide/coupons/codes.ts';
import { tokenField } from '../../posted.tsx';
import { counter } from '../kit/nav.ts';
import { asked, Sheet } from '../kit/parts.tsx';
import { screen } from '../kit/screen.ts';
import { maySeeStore, type Visit } from '../kit/visit.ts';
import { membersPath, searchMembers } from '../members/list.tsx';
import { findWords } from '../words/promotions/coupons.ts';
import { couponPathOf, findCouponPath } from './paths.ts';

const codeLengthMax = 60;

export const findCouponScreen = screen({
  path: findCouponPath,
  title: '查券',
  who: counter,
  get: async ({ token }) => ({ lead: findWords.lead, body: <Ask token={token} typed="" /> }),
  post: async (visit, form) => {
    const typed = (form.get('code') ?? '').trim().slice(0, codeLengthMax);
    const to = (await pathOf(visit, typed)) ?? (await hersOf(visit, typed));
    if (to !== null) return visit.context.redirect(to, 303);
    return { lead: findWords.lead, status: 404, body: <Ask token={visit.token} typed={typed} isMissed /> };
  },
});

/** Whoever stands there often has no code: her phone, or how it ends, leads to her coupons. */
async function hersOf(visit: Visit, typed: string): Promise<string | null> {
  if (!/^[+\d\s-]{4,20}$/.test(typed)) return null;
  const looking = { text: typed, level: null, tag: null, group: null };
  const { items } = await searchMembers(visit, looking, { after: '', limit: 2 });
  const [only, another] = items;
  if (another) return asked(membersPath, { q: typed });
  return only ? `${membersPath}/${only.member.id}/coupons` : null;
}

/** Null for no coupon, and for one of a member who is not theirs to see: both look alike. */
async function pathOf({ db, person }: Visit, typed: string): Promise<string | null> {
  const code = codeRead(typed);
  const address = code === null ? null : await addressOfCoupon(db, code);
  if (address === null) return null;
  const owner = await readMember(db, address.memberId);
  return owner && maySeeStore(person, owner.member.storeId) ? couponPathOf(address) : null;
}

const Ask: FC<{ token: string; typed: string; isMissed?: boolean }> = ({ token, typed, isMissed }) => (
  <Sheet>
    {isMissed && (
      <p class="note stop" role="alert">
        {findWords.none}
      </p>
    )}
    <form class="filters" method="post" action={findCouponPath}>
      <input type="hidden" name={tokenField} value={token} />
      <div class="field">
        <label for="code">{findWords.label}</label>
        <input id="code" name="code" value={typed} autocomplete="off" autofocus />
      </div>
      <button class="first">查找</button>
    </form>
  </Sheet>
);
