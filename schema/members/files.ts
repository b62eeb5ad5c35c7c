/** 会员档案: what a shop writes down of a member that no sale asks for; read only where somebody opens it. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import * as z from 'zod';
import type { MemberId } from '../plain/ids.ts';
import { Day } from '../plain/values.ts';

export const sexes = ['female', 'male'] as const;
/** 月收入, in yuan. */
export const incomes = ['under-3000', '3000-5000', '5000-10000', '10000-20000', 'over-20000'] as const;
export const educations = ['primary', 'middle', 'high', 'college', 'bachelor', 'master'] as const;

export const MemberFileSettings = z.strictObject({
  /** 身份证号: asked for only where the shop needs it, and with the member's consent. */
  idNumber: z.boolean().default(false),
});

const lengthMax = { address: 200, occupation: 40, remark: 500 } as const;
const written = (max: number) => z.string().trim().min(1).max(max);

/** As a person fills it in; null empties a field. */
export const MemberFileFields = z.strictObject({
  sex: z.enum(sexes).nullable(),
  address: written(lengthMax.address).nullable(),
  postcode: z
    .string()
    .trim()
    .regex(/^\d{6}$/, 'is six digits')
    .nullable(),
  occupation: written(lengthMax.occupation).nullable(),
  income: z.enum(incomes).nullable(),
  education: z.enum(educations).nullable(),
  remark: written(lengthMax.remark).nullable(),
});
export type MemberFileFields = z.infer<typeof MemberFileFields>;
/** 改资料 as a whole form: what is left empty is emptied. */
export const MemberFileForm = z.strictObject({
  name: written(60).nullable().default(null),
  birthdayOn: Day.nullable().default(null),
  sex: MemberFileFields.shape.sex.default(null),
  address: MemberFileFields.shape.address.default(null),
  postcode: MemberFileFields.shape.postcode.default(null),
  occupation: MemberFileFields.shape.occupation.default(null),
  income: MemberFileFields.shape.income.default(null),
  education: MemberFileFields.shape.education.default(null),
  remark: MemberFileFields.shape.remark.default(null),
});

export const memberFileFields = Object.keys(MemberFileFields.shape) as (keyof MemberFileFields)[];

export const memberFiles = sqliteTable(
  'member_files',
  {
    /** For whom it was written. After a merger a member has several; her own counts, and the others fill its blanks. */
    id: text().primaryKey().$type<MemberId>(),
    memberId: text().notNull().$type<MemberId>(),
    sex: text({ enum: sexes }),
    address: text(),
    postcode: text(),
    occupation: text(),
    income: text({ enum: incomes }),
    education: text({ enum: educations }),
    remark: text(),
    /** 身份证号, sealed. */
    idSealed: text(),
    /** 同意登记身份证号: when. */
    idConsentAt: integer(),
  },
  (table) => [index('member_files_member').on(table.memberId)],
);
export type MemberFile = typeof memberFiles.$inferSelect;
export type FileWritten = Partial<Omit<MemberFile, 'id' | 'memberId'>>;
