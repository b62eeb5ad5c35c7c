/** 查券: by its code as somebody reads it out, small letters and O for 0 included, as the till understands it. */
import type { FC } from 'hono/jsx';
import { addressOfCoupon } from '../../../db/coupons/office-coupons.ts';
import { readMember } from '../../../db/members/members.ts';
import { codeRead } from '../../../decide/coupons/codes.ts';
import { tokenField } from '../../posted.tsx';
import { counter } from '../kit/nav.ts';
import { Sheet } from '../kit/parts.tsx';
import { screen } from '../kit/screen.ts';
import { maySeeStore, type Visit } from '../kit/visit.ts';
import { couponPathOf, findCouponPath } from './paths.ts';

const codeLengthMax = 60;

export const findCouponScreen = screen({
  path: findCouponPath,
  title: '查券',
  who: counter,
  get: async ({ token }) => ({ lead, body: <Ask token={token} typed="" /> }),
  post: async (visit, form) => {
    const typed = (form.get('code') ?? '').trim().slice(0, codeLengthMax);
    const to = await pathOf(visit, typed);
    if (to !== null) return visit.context.redirect(to, 303);
    return { lead, status: 404, body: <Ask token={visit.token} typed={typed} isMissed /> };
  },
});

const lead = '输入券码，看这张券是谁的、从哪里来、用在了哪一单。小写、空格都没关系，把 0 打成 O 也认得。';

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
        没有找到这张券。请核对券码；也可能属于别的门店。
      </p>
    )}
    <form class="filters" method="post" action={findCouponPath}>
      <input type="hidden" name={tokenField} value={token} />
      <div class="field">
        <label for="code">券码</label>
        <input id="code" name="code" value={typed} autocomplete="off" autofocus />
      </div>
      <button class="first">查找</button>
    </form>
  </Sheet>
);
