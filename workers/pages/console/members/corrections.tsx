/** 改会员资料: name, birthday and children as the member says, tags by hand, another phone, WeChat or associate, no more advertising. */
import * as z from 'zod';
import { AssociateId, EventId, type MemberId } from '../../../../schema/index.ts';
import { editMember, type Editing } from '../../../commands/members/edit.ts';
import { rebind, type Rebinding } from '../../../commands/members/rebind.ts';
import type { MemberHoldings } from '../../../db/members/members.ts';
import { withdrawSms } from '../../../db/members/sms-consents.ts';
import { listAssociates } from '../../../db/shop/associates.ts';
import { plainPhone } from '../../../decide/plain/phones.ts';
import { office } from '../kit/nav.ts';
import type { Visit } from '../kit/visit.ts';
import {
  associateOfMemberWords,
  childrenWords,
  consentWords,
  phoneWords,
  profileWords,
  tagWords,
  wechatWords,
} from '../words/forms/member.ts';
import { memberAct, notDecided, problemOf, type Carried } from './act-form.tsx';

const childrenMax = 10;
const tagsMax = 30;
const reason = z.string().trim().min(2).max(200);

async function edit(
  { deps, now }: Visit,
  memberId: MemberId,
  given: { readonly key: string; readonly change: Editing; readonly before: unknown },
): Promise<Carried> {
  const { key, change, before } = given;
  const done = await editMember(deps.engine, { key, memberId, change }, now);
  if ('refusal' in done) return { problem: problemOf(done.refusal) };
  if ('undecided' in done) return { problem: notDecided };
  return { before, after: change };
}

export const ProfileInput = z.strictObject({
  name: z.string().trim().min(1).max(60).nullable().default(null),
  birthdayOn: z.iso.date().nullable().default(null),
});

const profile = memberAct({
  part: 'profile',
  title: '改资料',
  who: office,
  act: 'member.edit',
  schema: ProfileInput,
  words: profileWords,
  lead: () => '收银机再报来的称呼会盖过这里的。',
  value: ({ member: { name, birthdayOn } }) => ({ name, birthdayOn }),
  carry: (visit, { member: { id, name, birthdayOn } }, { input, key }) =>
    edit(visit, id, { key, change: input, before: { name, birthdayOn } }),
});

export const ChildrenInput = z.strictObject({
  children: z
    .array(z.strictObject({ bornOn: z.iso.date(), isExpected: z.boolean().default(false) }))
    .max(childrenMax),
});

const children = memberAct({
  part: 'children',
  title: '改宝宝',
  who: office,
  act: 'member.children',
  schema: ChildrenInput,
  words: childrenWords,
  lead: () => '宝宝的月龄决定收到哪些活动和提醒。',
  value: ({ member }) => ({
    children: (member.children ?? []).map(({ born, isExpected }) => ({ bornOn: born, isExpected })),
  }),
  carry: (visit, { member }, { input, key }) => {
    const told = input.children.map(({ bornOn, isExpected }) => ({ born: bornOn, isExpected }));
    return edit(visit, member.id, {
      key,
      change: { children: told },
      before: { children: member.children ?? [] },
    });
  },
});

export const TagsInput = z.strictObject({
  tags: z.array(z.string().trim().min(1).max(30)).max(tagsMax),
});

const tags = memberAct({
  part: 'tags',
  title: '改标签',
  who: office,
  act: 'member.tags',
  schema: TagsInput,
  words: tagWords,
  lead: ({ tags: all, handTags }) => {
    const bought = all.filter((tag) => !handTags.includes(tag));
    return bought.length === 0
      ? '手工贴的标签。'
      : `因为买过东西自己有的：${bought.join('、')}，在这里拿不掉。`;
  },
  value: ({ handTags }) => ({ tags: handTags }),
  carry: (visit, { member: { id }, handTags }, { input, key }) =>
    edit(visit, id, { key, change: input, before: { tags: handTags } }),
});

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

export const AssociateOfMemberInput = z.strictObject({ associateId: AssociateId.nullable(), reason });

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
    associateId: (await listAssociates(db)).map(({ id, name }) => ({ value: id, label: name })),
  }),
  carry: (visit, found, { input, key }) =>
    bind(visit, found, {
      key,
      change: { associateId: input.associateId },
      why: input.reason,
      before: { associateId: found.member.associateId },
    }),
});

export const ConsentInput = z.strictObject({ reason });

const consent = memberAct({
  part: 'consent',
  title: '不再发营销短信',
  who: office,
  act: 'member.consent',
  schema: ConsentInput,
  words: consentWords,
  lead: () => '会员说不想收了，在这里替会员停掉。要重新开，只能由会员自己在会员中心同意。',
  value: () => ({}),
  carry: async ({ now }, { member: { id } }, { input }) => ({
    before: { sms: true },
    after: { sms: false, reason: input.reason },
    draft: { statements: [withdrawSms(id, now)] },
  }),
});

export const correctionScreens = [profile, children, tags, phone, wechat, associate, consent];
