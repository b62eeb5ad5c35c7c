/** 收回一张券: asked again with what it means, and only with a reason, because it cannot be undone. */
import * as z from 'zod';
import { revokeCoupon, reasonMax } from '../../../commands/coupons/revoke.ts';
import { codeOfCoupon } from '../../../decide/coupons/life.ts';
import { couponMissWords } from '../../../words/misses/coupon-misses.ts';
import { newWord } from '../../keys.ts';
import { checkForm, isRedrawn, openForm, redrawn, refusedForm, type FormSpec } from '../form/form.tsx';
import { lastMomentOf } from '../../words.ts';
import { office } from '../kit/nav.ts';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import type { Visit } from '../kit/visit.ts';
import { keyField, keyIn, notDecided, problemOf } from '../members/act-form.tsx';
import { membersPath } from '../members/list.tsx';
import { backToMembers } from '../members/profile.tsx';
import { revokeWords } from '../words/forms/promotions/coupon.ts';
import { couponFor, type FoundCoupon } from './life.tsx';
import { couponPathOf } from './paths.ts';

const couponField = 'coupon';
const moved = problemOf({ code: 'MOVED_MEANWHILE' });

export const RevokeInput = z.strictObject({ reason: z.string().trim().min(2).max(reasonMax) });

export const revokeCouponScreen = screen({
  path: `${membersPath}/:id/coupons/:of/revoke`,
  title: '收回一张券',
  who: office,
  get: async (visit) => {
    const found = await couponFor(visit);
    if (!found) return NotFound('这张券', backToMembers);
    return { ...openForm(specOf(visit, found, newWord()), {}), lead: leadOf(found, visit.now) };
  },
  post: async (visit, form) => {
    const found = await couponFor(visit);
    if (!found) return NotFound('这张券', backToMembers);
    const key = keyIn(form);
    const spec = specOf(visit, found, key);
    if (isRedrawn(form)) return redrawn(spec, form);
    const checked = checkForm(spec, form);
    if ('again' in checked) return checked.again;
    const { coupon } = found.life;
    // One more that was given for the same moment may have taken its place meanwhile: the page shows which one it is now.
    if (form.get(couponField) !== coupon.id)
      return { ...refusedForm(spec, form, moved), lead: leadOf(found, visit.now) };
    const { reason } = checked.input;
    const wish = { key: `office_${key}`, couponId: codeOfCoupon(coupon), by: visit.person.name, reason };
    const done = await revokeCoupon(visit.deps.engine, wish, visit.now);
    if ('undecided' in done) return refusedForm(spec, form, notDecided);
    if ('miss' in done) return { status: 409, body: <p class="note stop">{couponMissWords(done.miss)}</p> };
    await record(visit, {
      act: 'coupon.revoke',
      subject: found.owner.member.id,
      before: { coupon: codeOfCoupon(coupon), templateId: coupon.templateId },
      after: { reason },
    });
    return visit.context.redirect(saying(couponPathOf(found.address), 'coupon-revoked'), 303);
  },
});

const specOf = (
  visit: Visit,
  { address, life }: FoundCoupon,
  key: string,
): FormSpec<z.infer<typeof RevokeInput>> => ({
  schema: RevokeInput,
  words: revokeWords,
  choices: {},
  action: `${couponPathOf(address)}/revoke`,
  token: visit.token,
  label: '确认收回这一张',
  beside: (
    <>
      <input type="hidden" name={keyField} value={key} />
      <input type="hidden" name={couponField} value={life.coupon.id} />
    </>
  ),
});

function leadOf({ owner: { member }, life: { coupon, template } }: FoundCoupon, now: number): string {
  const name = template?.definition.name ?? '这张券';
  return `收回${member.name ?? '这位会员'}的 1 张“${name}”（到 ${lastMomentOf(coupon.validTo, now)}）。收回以后不能再用，也不能恢复；要给回去，只能再发一张。`;
}
