/** 换绑: another phone, WeChat or associate by the office; why is kept among what was said of the member. */
import * as z from 'zod';
import { AssociateId, Day, EventId } from '../../../../schema/index.ts';
import { rebind, type Rebinding } from '../../../commands/members/rebind.ts';
import type { MemberHoldings } from '../../../db/members/members.ts';
import { readSettings } from '../../../db/shop/settings.ts';
import { presentAssociates } from '../../../db/shop/associates.ts';
import { progressOf } from '../../../decide/levels/progress.ts';
import { levelWords } from '../../../words/levels.ts';
import { plainPhone } from '../../../decide/plain/phones.ts';
import { office } from '../kit/nav.ts';
import type { Visit } from '../kit/visit.ts';
import {
  associateOfMemberWords,
  levelOfMemberWords,
  phoneWords,
  wechatWords,
} from '../words/forms/member.ts';
import { memberAct, notDecided, problemOf, type Carried } from './act-form.tsx';

const reason = z.string().trim().min(2).max(200);

async function bind(
  { deps, now, person }: Visit,
  { member: { id } }: MemberHoldings,
  given: { readonly key: string; readonly change: Rebinding; readonly why: string; readonly before: unknown },
): Promise<Carried> {
  const { key, change, why, before } = given;
  const done = await rebind(
    deps.engine,
    { id: EventId.parse(`office_${key}`), memberId: id, change, reason: why, by: person.name },
    now,
  );
  if ('refusal' in done)
    return { problem: { ...problemOf(done.refusal), field: Object.keys(change)[0] ?? '' } };
  if ('undecided' in done) return { problem: notDecided };
  deps.doorbell.ring();
  return { before, after: { ...change, reason: why } };
}

/** As typed, with spaces or +86: what is no mobile number is refused at its field. */
export const PhoneInput = z.strictObject({
  phone: z
    .string()
    .trim()
    .max(40)
    .refine((text) => plainPhone(text) !== null, 'must be a mobile number of 11 digits'),
  reason,
});

const phone = memberAct({
  part: 'phone',
  title: '换手机号',
  who: office,
  act: 'member.rebind',
  schema: PhoneInput,
  words: phoneWords,
  lead: ({ member }) =>
    `现在是 ${member.phone ?? '没有'}。换了以后，旧号码不再找得到这位会员，积分和券都在。`,
  value: () => ({}),
  carry: (visit, found, { input, key }) =>
    bind(visit, found, {
      key,
      change: { phone: plainPhone(input.phone) },
      why: input.reason,
      before: { phone: found.member.phone },
    }),
});

export const WechatInput = z.strictObject({ reason });

const wechat = memberAct({
  part: 'wechat',
  title: '解绑微信',
  who: office,
  act: 'member.rebind',
  schema: WechatInput,
  words: wechatWords,
  lead: () =>
    '原来的微信马上打不开会员中心。请会员用新微信关注公众号，用同一个手机号验证一次，就绑上了，积分和券都在。',
  value: () => ({}),
  carry: (visit, found, { input, key }) =>
    bind(visit, found, { key, change: { openid: null }, why: input.reason, before: null }),
});

export const AssociateOfMemberInput = z.strictObject({
  associateId: AssociateId.nullable().default(null),
  reason,
});

const associate = memberAct({
  part: 'associate',
  title: '换导购',
  who: office,
  act: 'member.associate',
  schema: AssociateOfMemberInput,
  words: associateOfMemberWords,
  lead: ({ associate: now }) => `现在是 ${now?.name ?? '没有'}。以前卖出的仍算在当时的导购名下。`,
  value: ({ member: { associateId } }) => ({ associateId }),
  choices: async ({ db }) => ({
    associateId: (await presentAssociates(db)).map(({ id, name }) => ({ value: id, label: name })),
  }),
  carry: (visit, found, { input, key }) =>
    bind(visit, found, {
      key,
      change: { associateId: input.associateId },
      why: input.reason,
      before: { associateId: found.member.associateId },
    }),
});

/** A form has no word for nothing: an empty name leaves it to the next purchase. */
export const LevelOfMemberInput = z.strictObject({
  level: z.string().trim().min(1).max(40).nullable().default(null),
  lastOn: Day.nullable().default(null),
  reason,
});

const level = memberAct({
  part: 'level',
  title: '改等级',
  who: office,
  act: 'member.level',
  schema: LevelOfMemberInput,
  words: levelOfMemberWords,
  lead: (found, now) => {
    const growth = found.balances.get('growth') ?? 0;
    return `现在是 ${levelWords(progressOf({ ...found, growth }, now)) ?? '没有等级'}。改了马上生效，到期以前不会降；买到更高一级，就升上去。`;
  },
  value: () => ({}),
  choices: async ({ db }) => ({
    level: (await readSettings(db)).levels.list.map(({ name }) => ({ value: name, label: name })),
  }),
  carry: (visit, found, { input, key }) =>
    bind(visit, found, {
      key,
      change: { level: { name: input.level, lastOn: input.lastOn } },
      why: input.reason,
      before: { level: found.member.level },
    }),
});

export const rebindingScreens = [phone, wechat, associate, level];
