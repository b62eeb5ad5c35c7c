/** 给这位会员发券: a colleague gives one member coupons of a template, with a reason, within the template's limits. */
import * as z from 'zod';
import { EventId, TemplateId } from '../../../../schema/index.ts';
import { grantCoupons } from '../../../commands/coupons/grant.ts';
import { reasonMax } from '../../../commands/coupons/revoke.ts';
import type { Bar } from '../../../decide/coupons/bar.ts';
import type { Problem } from '../../../platform/problem.ts';
import { office } from '../kit/nav.ts';
import { memberAct, notDecided, problemOf } from '../members/act-form.tsx';
import { promotionChoices } from '../promotions/choices.ts';
import { grantWords } from '../words/forms/promotions/coupon.ts';

const countMax = 20;

export const GrantInput = z.strictObject({
  templateId: TemplateId,
  count: z.int().min(1).max(countMax),
  reason: z.string().trim().min(2).max(reasonMax),
  tells: z.boolean().default(true),
});

export const grantScreen = memberAct({
  part: 'grant',
  title: '发券',
  who: office,
  act: 'coupon.grant',
  schema: GrantInput,
  words: grantWords,
  lead: ({ member }) => `发给${member.name ?? '这位会员'}。马上到账；券的库存和每人的上限照样算。`,
  value: () => ({ count: 1, tells: true }),
  choices: ({ db }) => promotionChoices(db),
  said: 'granted',
  carry: async ({ deps, now, person }, { member: { id } }, { input, key }) => {
    const { templateId, count, reason, tells } = input;
    const asked = {
      memberId: id,
      templateId,
      count,
      storeId: null,
      by: person.name,
      reason,
      ...(tells && { tellAt: now }),
    };
    const given = await grantCoupons(deps.engine, { ...asked, id: EventId.parse(`office_${key}`) }, now);
    if ('isNobody' in given) return { problem: problemOf({ code: 'NO_MEMBER' }) };
    if ('undecided' in given) return { problem: notDecided };
    if ('bar' in given) return { problem: barProblem(given.bar) };
    return { before: null, after: input };
  },
});

function barProblem(bar: Bar | null): Problem {
  const { limit = 'gone', ...rest } = bar ?? {};
  const code = `coupon_${limit}`;
  return { status: 409, code, detail: code, field: 'templateId', numbers: { ...rest } };
}
