/** 商品消耗提醒: total days = days per unit × quantity, reminded some days before the end. */
import * as z from 'zod';
import { Instant, Scope, type Lot } from '../../../schema/index.ts';
import { addDays } from '../plain/dates.ts';
import { defineReminder } from './define.ts';

const daysMax = 3650;

const params = z
  .strictObject({
    name: z.string().trim().min(1).max(60),
    kind: z.literal('run-out'),
    enabled: z.boolean().default(true),
    validFrom: Instant.nullable().default(null),
    validTo: Instant.nullable().default(null),
    scope: Scope.default({ include: [], exclude: [] }),
    daysPerUnit: z.int().min(1).max(daysMax),
    remindBeforeDays: z.int().min(0).max(daysMax),
    notify: z
      .array(z.enum(['associate', 'member']))
      .min(1)
      .default(['associate']),
  })
  .refine(({ daysPerUnit, remindBeforeDays }) => remindBeforeDays <= daysPerUnit, {
    path: ['remindBeforeDays'],
    message: 'must not be more than daysPerUnit (提醒时间不能大于单个商品消耗时间)',
  });

export const runOut = defineReminder({
  kind: 'run-out',
  label: '商品消耗提醒',
  params,
  example: params.parse({
    name: '回访快要喝完奶粉的会员',
    kind: 'run-out',
    scope: { include: [{ kind: 'category', ids: ['01'] }], exclude: [] },
    daysPerUnit: 7,
    remindBeforeDays: 5,
  }),
  compile: ({ id, createdAt }, plan) => ({
    id,
    name: plan.name,
    createdAt,
    scope: plan.scope,
    notify: plan.notify,
    validFrom: plan.validFrom === null ? null : Date.parse(plan.validFrom),
    validTo: plan.validTo === null ? null : Date.parse(plan.validTo),
    schedule: (lots) => {
      const endsOn = usedUpOn(lots, plan.daysPerUnit);
      return endsOn === null ? null : { endsOn, remindOn: addDays(endsOn, -plan.remindBeforeDays) };
    },
  }),
});

/** A new purchase is opened when the old one is used up, or on the day it was bought, whichever is later. */
function usedUpOn(lots: readonly Lot[], daysPerUnit: number): string | null {
  let endsOn: string | null = null;
  for (const { boughtOn, quantityMilli } of lots) {
    const days = Math.floor((quantityMilli * daysPerUnit) / 1000);
    if (days === 0) continue;
    const opensOn: string = endsOn !== null && endsOn > boughtOn ? endsOn : boughtOn;
    endsOn = addDays(opensOn, days);
  }
  return endsOn;
}
