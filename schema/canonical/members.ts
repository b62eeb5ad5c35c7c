/** 标准会员资料: how a till names a member, and what it knows of one. */
import * as z from 'zod';
import { educations, incomes, MemberFileFields, sexes } from '../members/files.ts';
import { Name, shortText } from '../plain/names.ts';
import { Instant } from '../plain/values.ts';

/** A moment in epoch milliseconds. */
export const At = Instant.transform((instant) => Date.parse(instant));

export const MemberRefInput = z.object({
  externalId: shortText.nullish(),
  cardNo: shortText.nullish(),
  phone: shortText.nullish(),
  name: Name.nullish(),
  unionid: shortText.nullish(),
  openid: shortText.nullish(),
  /** The WeChat app that the openid belongs to; under another app than the shop's it names nobody here. */
  appId: shortText.nullish(),
});
/** How a system names a member; at least one identity has to be usable. */
export type MemberRef = z.infer<typeof MemberRefInput>;

/** A day that a living person can have been born on. */
const Birthday = z.iso
  .date('must be a date such as 1990-05-20')
  .refine((day) => day >= '1900-01-01' && day < '2100-01-01', 'must be a day from 1900 to 2099');

/** More children than this are a slip, or a whole nursery. */
export const childrenMax = 10;

/** 宝宝 as a till knows them: `birthday`, also called `born`; one to come is expected, and its day the day it is due. */
const ChildInput = z
  .object({
    name: Name.nullish(),
    birthday: Birthday.nullish(),
    born: Birthday.nullish(),
    isExpected: z.boolean().nullish(),
  })
  .refine(({ birthday, born }) => (birthday ?? born) != null, {
    path: ['birthday'],
    message: 'is required and not there',
  });
export type ToldChild = z.infer<typeof ChildInput>;

/** 档案: what cannot be so is left out, for nobody is turned away by a remark. */
const told = {
  sex: z.enum(sexes).nullish().catch(null),
  address: MemberFileFields.shape.address.optional().catch(null),
  postcode: MemberFileFields.shape.postcode.optional().catch(null),
  occupation: MemberFileFields.shape.occupation.optional().catch(null),
  income: z.enum(incomes).nullish().catch(null),
  education: z.enum(educations).nullish().catch(null),
  remark: MemberFileFields.shape.remark.optional().catch(null),
};

export const MemberProfileInput = MemberRefInput.extend({
  level: shortText.nullish(),
  superUntil: At.nullish(),
  /** 注册时间 at the till: who registered long ago and is told of today is no newcomer. */
  registeredAt: At.nullish(),
  birthday: Birthday.nullish(),
  children: z.array(ChildInput).max(childrenMax).nullish(),
  ...told,
});
export type MemberProfile = z.infer<typeof MemberProfileInput>;
