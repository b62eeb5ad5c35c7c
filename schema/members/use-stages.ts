/** 段位表: from which age a child uses which milk or nappies; the merchant's own table, for every brand has another. */
import * as z from 'zod';

/** 奶粉, 纸尿裤. */
export const usedGoods = ['milk', 'nappy'] as const;
export type UsedGoods = (typeof usedGoods)[number];

const stagesMax = 20;
/** Eighteen years. */
const daysMax = 6_600;

const UseStage = z.strictObject({
  name: z.string().trim().min(1).max(20),
  fromDays: z.int().min(0).max(daysMax).meta({ description: 'From so many days after birth.', example: 180 }),
});
export type UseStage = z.infer<typeof UseStage>;

const Table = z
  .array(UseStage)
  .max(stagesMax)
  .refine((all) => all.every(({ fromDays }, place) => fromDays > (all[place - 1]?.fromDays ?? -1)), {
    message: 'each begins later than the one before it',
  })
  .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, {
    message: 'two stages have the same name',
  })
  .default([]);

export const UseStages = z.strictObject({
  milk: Table.meta({ description: '奶粉段位, the first at the front. Empty asks and shows nothing.' }),
  nappy: Table.meta({ description: '纸尿裤尺码, the first at the front.' }),
});
export type UseStages = z.infer<typeof UseStages>;

/** 在用 as somebody was told: until that day, after which the next one follows; null holds until somebody says otherwise. */
export type ChildUse = { readonly stage: string; readonly untilOn: string | null };
